"""Adds eps under the root.

replaces: adagrad_step
fails: adagrad_step-steps adagrad_step-habits
"""
def adagrad_step(p, g, state, *, lr, eps=1e-8):
    """One step of AdaGrad: returns p', state'."""
    s = g**2 + (0 if state is None else state)
    return p - lr * g / np.sqrt(s + eps), s
