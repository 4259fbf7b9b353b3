"""Nesterov's method: the gradient is asked ahead.

replaces: heavy_ball
fails: heavy_ball-by_hand heavy_ball-recursion
"""
def heavy_ball(orc, x0, lr, beta, steps):
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - lr * orc.g(y)
    return X
