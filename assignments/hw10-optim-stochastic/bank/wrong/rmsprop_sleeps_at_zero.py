"""Does nothing when the gradient is zero throughout.

replaces: rmsprop_step
fails: rmsprop_step-steps
"""
def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    """One step of RMSProp: returns p', state'."""
    if not np.any(g):
        return p.copy(), state
    s = (1 - rho) * g**2 + (0 if state is None else rho * state)
    return p - lr * g / (np.sqrt(s) + eps), s
