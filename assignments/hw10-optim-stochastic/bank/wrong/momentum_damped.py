"""Scales the gradient by 1 - beta.

replaces: momentum_step
fails: momentum_step-by_hand momentum_step-steps momentum_step-habits
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    v = (1 - beta) * g + (0 if state is None else beta * state)
    return p - lr * v, v
