"""Reverse over forward: the directional derivative of the loss, differentiated backward by hand.

replaces: hvp_exact
"""
def hvp_exact(params, X, Y, direction):
    """The Hessian of the loss times direction: [(HW1, Hb1), (HW2, Hb2)]."""
    (W1, b1), (W2, b2) = params
    (V1, c1), (V2, c2) = direction
    n, T = len(X), np.tanh(X @ W1 + b1)
    slope = 1 - T * T
    moved = X @ V1 + c1                     # of the first layer, before tanh
    Td = slope * moved
    R, Rd = T @ W2 + b2 - Y, Td @ W2 + T @ V2 + c2
    # the number sum(R * Rd) / n, backward: R_bar = Rd / n, Rd_bar = R / n
    R_bar, Rd_bar = Rd / n, R / n
    W2_bar = T.T @ R_bar + Td.T @ Rd_bar
    T_bar = R_bar @ W2.T + Rd_bar @ V2.T
    Td_bar = Rd_bar @ W2.T
    T_bar = T_bar - 2 * T * moved * Td_bar
    Z_bar = slope * T_bar
    return [(X.T @ Z_bar, Z_bar.sum(axis=0)), (W2_bar, R_bar.sum(axis=0))]
