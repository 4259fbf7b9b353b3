"""Keeps a velocity in place of the row before.

replaces: heavy_ball
"""
def heavy_ball(orc, x0, lr, beta, steps):
    x = np.array(x0, dtype=float)
    v, X = np.zeros(len(x)), [x]
    for _ in range(steps):
        v = beta * v - lr * orc.g(x)
        x = x + v
        X.append(x)
    return np.array(X)
