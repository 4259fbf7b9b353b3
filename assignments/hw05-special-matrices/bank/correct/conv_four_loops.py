"""Entry by entry.

replaces: conv2d_matrix
"""
def conv2d_matrix(k, H, W, mode):
    k = np.asarray(k)
    a, b = k.shape
    if mode == "valid":
        up = left = 0
    elif mode == "full":
        up, left = a - 1, b - 1
    else:
        raise ValueError(mode)
    rows, columns = H + 2 * up - a + 1, W + 2 * left - b + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel is larger than the image")
    M = np.zeros((rows * columns, H * W))
    for i in range(rows):
        for j in range(columns):
            for u in range(a):
                for v in range(b):
                    p, q = i + u - up, j + v - left
                    if 0 <= p < H and 0 <= q < W:
                        M[i * columns + j, p * W + q] += k[u, v]
    return M
