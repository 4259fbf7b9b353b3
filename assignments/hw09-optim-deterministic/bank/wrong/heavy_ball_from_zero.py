"""Takes x_{-1} to be zero: the first step is kicked.

replaces: heavy_ball
fails: heavy_ball-by_hand heavy_ball-recursion
"""
def heavy_ball(orc, x0, lr, beta, steps):
    X = np.zeros((steps + 2, len(x0)))
    X[1] = x0
    for k in range(1, steps + 1):
        X[k + 1] = X[k] - lr * orc.g(X[k]) + beta * (X[k] - X[k - 1])
    return X[1:].copy()
