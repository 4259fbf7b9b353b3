"""Adds the gradient.

replaces: sgd_step
fails: momentum_step-by_hand sgd_step-steps sgd_step-habits
"""
def sgd_step(p, g, state, *, lr):
    """One step of SGD: returns p', state'."""
    return p + lr * g, None
