"""Divides by the sum of squares itself.

replaces: adagrad_step
fails: adam_step-by_hand adagrad_step-steps adagrad_step-habits
"""
def adagrad_step(p, g, state, *, lr, eps=1e-8):
    """One step of AdaGrad: returns p', state'."""
    s = g**2 + (0 if state is None else state)
    return p - lr * g / (s + eps), s
