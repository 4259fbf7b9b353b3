"""Differences of the gradient: nine digits at best.

replaces: hvp_exact
fails: hvp_exact-product hvp_exact-residual hvp_exact-edges hvp_exact-by_hand hvp_exact-habits
"""
def hvp_exact(params, X, Y, direction):
    """The Hessian of the loss times direction, by differences of the gradient."""
    def gradient(t):
        (W1, b1), (W2, b2) = [(W + t * V, b + t * c) for (W, b), (V, c) in zip(params, direction)]
        H = np.tanh(X @ W1 + b1)
        G = (H @ W2 + b2 - Y) / len(X)
        E = G @ W2.T * (1 - H**2)
        return [(X.T @ E, E.sum(axis=0)), (H.T @ G, G.sum(axis=0))]

    h = 1e-4
    return [((a - c) / (2 * h), (b - d) / (2 * h)) for (a, b), (c, d) in zip(gradient(h), gradient(-h))]
