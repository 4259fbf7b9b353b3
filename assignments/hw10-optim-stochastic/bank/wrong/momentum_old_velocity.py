"""Moves with the velocity of the step before.

replaces: momentum_step
fails: momentum_step-by_hand momentum_step-steps momentum_step-habits
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    v = g + (0 if state is None else beta * state)
    return p - lr * (0 * g if state is None else state), v
