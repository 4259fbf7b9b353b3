"""The velocity of gradients: lr multiplies their sum, which is the same for a fixed lr.

replaces: heavy_ball
"""
def heavy_ball(orc, x0, lr, beta, steps):
    x = np.array(x0, dtype=float)
    v, X = np.zeros(len(x)), [x]
    for _ in range(steps):
        v = beta * v + orc.g(x)
        x = x - lr * v
        X.append(x)
    return np.array(X)
