"""Does not scale the new square.

replaces: rmsprop_step
fails: adam_step-by_hand rmsprop_step-steps rmsprop_step-habits
"""
def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    """One step of RMSProp: returns p', state'."""
    s = g**2 + (0 if state is None else rho * state)
    return p - lr * g / (np.sqrt(s) + eps), s
