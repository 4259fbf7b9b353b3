"""Columns of the image behind one another.

replaces: conv2d_matrix
fails: conv2d_matrix-by_hand conv2d_matrix-valid conv2d_matrix-full
"""
def conv2d_matrix(k, H, W, mode):
    if mode not in ("valid", "full"):
        raise ValueError("mode is valid or full")
    k = np.asarray(k, dtype=float)
    (a, b), full = k.shape, mode == "full"
    up, left = ((a - 1) * full, (b - 1) * full)
    rows, columns = H + 2 * up - a + 1, W + 2 * left - b + 1
    if min(rows, columns) < 1:
        raise ValueError("the kernel should fit into the image")
    return sum(k[u, v] * np.kron(np.eye(columns, W, k=v - left), np.eye(rows, H, k=u - up))
               for u in range(a) for v in range(b))
