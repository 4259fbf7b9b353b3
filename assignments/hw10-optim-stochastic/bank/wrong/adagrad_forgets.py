"""Keeps the last square alone.

replaces: adagrad_step
fails: adagrad_step-steps
"""
def adagrad_step(p, g, state, *, lr, eps=1e-8):
    """One step of AdaGrad: returns p', state'."""
    s = g**2
    return p - lr * g / (np.sqrt(s) + eps), s
