"""Puts the step size into the velocity.

replaces: momentum_step
fails: momentum_step-steps
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    v = lr * g + (0 if state is None else beta * state)
    return p - v, v
