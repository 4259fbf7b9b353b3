"""Any other mode is taken for valid.

replaces: conv2d_matrix
fails: conv2d_matrix-laws
"""
def conv2d_matrix(k, H, W, mode):
    k = np.asarray(k, dtype=float)
    (a, b), full = k.shape, mode == "full"
    up, left = ((a - 1) * full, (b - 1) * full)
    rows, columns = H + 2 * up - a + 1, W + 2 * left - b + 1
    if min(rows, columns) < 1:
        raise ValueError("the kernel should fit into the image")
    return sum(k[u, v] * np.kron(np.eye(rows, H, k=u - up), np.eye(columns, W, k=v - left))
               for u in range(a) for v in range(b))
