"""W W^T - V^T V: the sides of both products are exchanged.

replaces: balancedness
fails: balancedness-matrices gradient_flow_drift-value gradient_flow_drift-rate gradient_flow_drift-habits
    gradient_flow_drift-halving
"""
def balancedness(params):
    """The matrices C_l = W_l^T W_l + b_l b_l^T - W_{l+1} W_{l+1}^T, one for each hidden layer."""
    return [W @ W.T + np.outer(b, b) - V.T @ V for (W, b), (V, _) in zip(params, params[1:])]
