"""Householder to tridiagonal form, then the QL algorithm with Wilkinson's shift.

replaces: eigh_jacobi
"""
def eigh_jacobi(A):
    A = np.array(A, dtype=float)
    n = A.shape[0]
    if (np.abs(A - A.T) > 1e-10 * np.abs(A).max()).any():
        raise ValueError("the matrix is not symmetric")
    scale = np.abs(A).max()
    if scale == 0:
        return np.zeros(n), np.eye(n)
    A, Z = A / scale, np.eye(n)
    for j in range(n - 2):
        x = A[j + 1:, j].copy()
        length = np.sqrt(x @ x)
        if length == 0:
            continue
        x[0] += length if x[0] >= 0 else -length
        x = x / np.sqrt(x @ x)
        A[j + 1:] -= 2 * np.outer(x, x @ A[j + 1:])
        A[:, j + 1:] -= 2 * np.outer(A[:, j + 1:] @ x, x)
        Z[:, j + 1:] -= 2 * np.outer(Z[:, j + 1:] @ x, x)
    d, e = np.diag(A).copy(), np.append(np.diag(A, -1), 0.0)
    for low in range(n):
        for _ in range(200):
            m = low
            while m < n - 1 and abs(e[m]) > 1e-17 + 1e-16 * (abs(d[m]) + abs(d[m + 1])):
                m += 1
            if m == low:
                break
            g = (d[low + 1] - d[low]) / (2 * e[low])
            g = d[m] - d[low] + e[low] / (g + np.copysign(np.hypot(g, 1.0), g))
            s, c, p = 1.0, 1.0, 0.0
            for i in range(m - 1, low - 1, -1):
                f, b = s * e[i], c * e[i]
                r = np.hypot(f, g)
                e[i + 1] = r
                if r == 0.0:
                    d[i + 1] -= p
                    e[m] = 0.0
                    break
                s, c = f / r, g / r
                g = d[i + 1] - p
                r = (d[i] - g) * s + 2 * c * b
                p = s * r
                d[i + 1] = g + p
                g = c * r - b
                right, left = Z[:, i + 1].copy(), Z[:, i].copy()
                Z[:, i + 1], Z[:, i] = s * left + c * right, c * left - s * right
            else:
                d[low] -= p
                e[low], e[m] = g, 0.0
    order = np.argsort(d, kind="stable")
    return scale * d[order], Z[:, order]
