"""Gradient flow conserves C, so the answer is 0 (mutant const).

replaces: gradient_flow_drift
fails: gradient_flow_drift-value gradient_flow_drift-rate gradient_flow_drift-halving gradient_flow_drift-habits
"""
def gradient_flow_drift(params, X, Y, lr, T):
    return 0.0
