"""A running mean: (1 - beta) multiplies the new gradient.

replaces: heavy_ball
fails: heavy_ball-by_hand heavy_ball-recursion
"""
def heavy_ball(orc, x0, lr, beta, steps):
    x = np.array(x0, dtype=float)
    v, X = np.zeros(len(x)), [x]
    for _ in range(steps):
        v = beta * v + (1 - beta) * orc.g(x)
        x = x - lr * v
        X.append(x)
    return np.array(X)
