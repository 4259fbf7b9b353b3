"""Reads W in the order of its memory (mutant ravel).

replaces: balancedness
fails: gradient_flow_drift-habits
"""
def balancedness(params):
    """The matrices C_l = W_l^T W_l + b_l b_l^T - W_{l+1} W_{l+1}^T, one for each hidden layer."""
    params = [(W.ravel(order="K").reshape(W.shape), b) for W, b in params]
    return [W.T @ W + np.outer(b, b) - V @ V.T for (W, b), (V, _) in zip(params, params[1:])]
