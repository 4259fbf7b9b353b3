"""Without the bias nothing is conserved.

replaces: balancedness
fails: balancedness-matrices gradient_flow_drift-value gradient_flow_drift-rate gradient_flow_drift-halving
"""
def balancedness(params):
    """The matrices C_l = W_l^T W_l + b_l b_l^T - W_{l+1} W_{l+1}^T, one for each hidden layer."""
    return [W.T @ W - V @ V.T for (W, b), (V, _) in zip(params, params[1:])]
