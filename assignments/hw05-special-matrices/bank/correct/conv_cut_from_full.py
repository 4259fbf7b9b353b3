"""A row of the padded image has a fixed pattern; padding is a choice of columns.

replaces: conv2d_matrix
"""
def conv2d_matrix(k, H, W, mode):
    k = np.asarray(k, dtype=float)
    a, b = k.shape
    if mode == "full":
        P, Q = H + 2 * a - 2, W + 2 * b - 2
        whole = conv2d_matrix(k, P, Q, "valid").reshape(-1, P, Q)
        return whole[:, a - 1:P - a + 1, b - 1:Q - b + 1].reshape(len(whole), H * W)
    if mode != "valid" or a > H or b > W:
        raise ValueError("mode is valid or full, and a kernel fits into the image")
    M = np.zeros((H - a + 1, W - b + 1, H, W))
    for i in range(H - a + 1):
        for j in range(W - b + 1):
            M[i, j, i:i + a, j:j + b] = k
    return M.reshape(-1, H * W)
