"""Golub and Kahan: Householder to bidiagonal form, then implicit QR steps; zero rows are chased away.

replaces: svd_thin
"""
def rotation(a, b):
    r = np.hypot(a, b)
    return (1.0, 0.0, 0.0) if r == 0 else (a / r, b / r, r)


def turn_columns(M, i, j, c, s):
    x, y = M[:, i].copy(), M[:, j].copy()
    M[:, i], M[:, j] = c * x + s * y, c * y - s * x


def svd_thin(A):
    A = np.array(A, dtype=float)
    m, n = A.shape
    if m < n:
        U, s, Vt = svd_thin(A.T)
        return Vt.T, s, U.T
    U, V, B = np.eye(m), np.eye(n), A
    for j in range(n):                                      # bidiagonal form
        for side in ("left", "right"):
            x = B[j:, j].copy() if side == "left" else B[j, j + 1:].copy()
            length = np.sqrt(x @ x) if len(x) > 1 else 0.0
            if length == 0:
                continue
            x[0] += length if x[0] >= 0 else -length
            x = x / np.sqrt(x @ x)
            if side == "left":
                B[j:] -= 2 * np.outer(x, x @ B[j:])
                U[:, j:] -= 2 * np.outer(U[:, j:] @ x, x)
            else:
                B[:, j + 1:] -= 2 * np.outer(B[:, j + 1:] @ x, x)
                V[:, j + 1:] -= 2 * np.outer(V[:, j + 1:] @ x, x)
    d, e = np.diag(B).copy(), np.append(np.diag(B, 1)[:n - 1], 0.0)
    U = U[:, :n].copy()
    tiny = 1e-16 * max(np.abs(d).max(), np.abs(e).max())
    for _ in range(200 * n):
        e[np.abs(e) <= 1e-16 * (np.abs(d) + np.abs(np.roll(d, -1))) + tiny * 1e-3] = 0.0
        d[np.abs(d) <= tiny] = 0.0
        busy = np.nonzero(e[:n - 1])[0]
        if len(busy) == 0:
            break
        hi = busy[-1] + 1
        lo = hi - 1
        while lo > 0 and e[lo - 1] != 0:
            lo -= 1
        zero = [i for i in range(lo, hi) if d[i] == 0]
        if zero:                                            # chase e[i] out of row i
            i = zero[-1]
            f, e[i] = e[i], 0.0
            for j in range(i + 1, hi + 1):
                c, s, d[j] = rotation(d[j], f)
                turn_columns(U, j, i, c, s)
                f, e[j] = -s * e[j], c * e[j]
            continue
        if d[hi] == 0:                                      # chase e[hi - 1] out of column hi
            f, e[hi - 1] = e[hi - 1], 0.0
            for j in range(hi - 1, lo - 1, -1):
                c, s, d[j] = rotation(d[j], f)
                turn_columns(V, j, hi, c, s)
                if j > lo:
                    f, e[j - 1] = -s * e[j - 1], c * e[j - 1]
            continue
        a = d[hi - 1] ** 2 + (e[hi - 2] ** 2 if hi - 1 > lo else 0.0)
        b, c2 = d[hi - 1] * e[hi - 1], d[hi] ** 2 + e[hi - 1] ** 2
        delta = (a - c2) / 2
        root = delta + np.copysign(np.hypot(delta, b), delta)
        shift = c2 - b * b / root if root != 0 else c2
        y, z = d[lo] ** 2 - shift, d[lo] * e[lo]
        for k in range(lo, hi):
            c, s, r = rotation(y, z)
            if k > lo:
                e[k - 1] = r
            y, e[k] = c * d[k] + s * e[k], c * e[k] - s * d[k]
            z, d[k + 1] = s * d[k + 1], c * d[k + 1]
            turn_columns(V, k, k + 1, c, s)
            c, s, d[k] = rotation(y, z)
            y, d[k + 1] = c * e[k] + s * d[k + 1], c * d[k + 1] - s * e[k]
            if k < hi - 1:
                z, e[k + 1] = s * e[k + 1], c * e[k + 1]
            turn_columns(U, k, k + 1, c, s)
        e[hi - 1] = y
    U = U * np.where(d < 0, -1.0, 1.0)
    order = np.argsort(-np.abs(d), kind="stable")
    return U[:, order], np.abs(d)[order], V[:, order].T
