"""Column by column: what becomes of an image with a single one.

replaces: conv2d_matrix
"""
def conv2d_matrix(k, H, W, mode):
    k = np.asarray(k, dtype=float)
    if mode not in {"valid", "full"}:
        raise ValueError("unknown mode")
    if mode == "valid" and (k.shape[0] > H or k.shape[1] > W):
        raise ValueError("the kernel does not fit")
    a, b = k.shape
    columns = []
    for p in range(H):
        for q in range(W):
            image = np.zeros((H, W))
            image[p, q] = 1
            if mode == "full":
                image = np.pad(image, [(a - 1, a - 1), (b - 1, b - 1)])
            windows = np.lib.stride_tricks.sliding_window_view(image, (a, b))
            columns.append((windows * k).sum(axis=(2, 3)).ravel())
    return np.array(columns).T.copy()
