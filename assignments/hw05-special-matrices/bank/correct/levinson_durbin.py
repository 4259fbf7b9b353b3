"""Durbin and Levinson as in the books, for the matrix with ones on its diagonal.

replaces: levinson
"""
def levinson(t, b):
    t, b = np.asarray(t), np.asarray(b)
    t = t if t.dtype == object else t.astype(float)
    b = b if b.dtype == object else b.astype(float)
    n = len(t)
    if t[0] <= 0:
        raise ValueError("not positive definite")
    r, b = t[1:] / t[0], b / t[0]
    x = b[:1].copy()
    if n == 1:
        return x
    y, beta = -r[:1], 1.0
    alpha = -r[0]
    for k in range(1, n):
        beta = (1 - alpha * alpha) * beta
        if beta <= 0:
            raise ValueError("not positive definite")
        mu = (b[k] - r[:k] @ x[::-1]) / beta
        x = np.concatenate([x + mu * y[::-1], [mu]])
        if k < n - 1:
            alpha = -(r[k] + r[:k] @ y[::-1]) / beta
            y = np.concatenate([y + alpha * y[::-1], [alpha]])
    return x
