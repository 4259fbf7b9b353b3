"""Full pads by half of the kernel.

replaces: conv2d_matrix
fails: conv2d_matrix-full conv2d_matrix-laws
"""
def conv2d_matrix(k, H, W, mode):
    if mode not in ("valid", "full"):
        raise ValueError("mode is valid or full")
    k = np.asarray(k, dtype=float)
    (a, b), full = k.shape, mode == "full"
    up, left = (a // 2 * full, b // 2 * full)
    rows, columns = H + 2 * up - a + 1, W + 2 * left - b + 1
    if min(rows, columns) < 1:
        raise ValueError("the kernel should fit into the image")
    return sum(k[u, v] * np.kron(np.eye(rows, H, k=u - up), np.eye(columns, W, k=v - left))
               for u in range(a) for v in range(b))
