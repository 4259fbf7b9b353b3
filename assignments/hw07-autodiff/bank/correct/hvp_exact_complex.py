"""A complex step through the gradient.

replaces: hvp_exact
"""
def hvp_exact(params, X, Y, direction):
    """The Hessian of the loss times direction: [(HW1, Hb1), (HW2, Hb2)]."""
    h = 1e-40
    (W1, b1), (W2, b2) = [(W + 1j * h * V, b + 1j * h * c) for (W, b), (V, c) in zip(params, [
        (np.asarray(V, dtype=float), np.asarray(c, dtype=float)) for V, c in direction])]
    H = np.tanh(X @ W1 + b1)
    G = (H @ W2 + b2 - Y) / len(X)
    E = (G @ W2.T) * (1 - H * H)
    return [(np.imag(X.T @ E) / h, np.imag(E.sum(0)) / h), (np.imag(H.T @ G) / h, np.imag(G.sum(0)) / h)]
