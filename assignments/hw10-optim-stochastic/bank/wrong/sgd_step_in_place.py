"""Changes p.

replaces: sgd_step
fails: sgd_step-habits
"""
def sgd_step(p, g, state, *, lr):
    """One step of SGD: returns p', state'."""
    p -= (lr * g).astype(p.dtype)
    return p, None
