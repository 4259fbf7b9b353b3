"""The last gradient keeps its input fixed.

replaces: hvp_exact
fails: hvp_exact-residual hvp_exact-product hvp_exact-edges hvp_exact-by_hand
"""
def hvp_exact(params, X, Y, direction):
    """The Hessian of the loss times direction: [(HW1, Hb1), (HW2, Hb2)]."""
    # Write the gradient: A, H, Z forward, then G, D, E backward.
    # Then differentiate each line along the direction, below it.
    (W1, b1), (W2, b2) = params
    (V1, c1), (V2, c2) = direction
    H = np.tanh(X @ W1 + b1)
    S = 1 - H**2
    dH = S * (X @ V1 + c1)
    G = (H @ W2 + b2 - Y) / len(X)
    dG = (dH @ W2 + H @ V2 + c2) / len(X)
    D = G @ W2.T
    dD = dG @ W2.T + G @ V2.T
    dE = dD * S - 2 * D * H * dH
    return [(X.T @ dE, dE.sum(axis=0)), (H.T @ dG, dG.sum(axis=0))]
