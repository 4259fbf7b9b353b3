"""Ignores beta.

replaces: momentum_step
fails: momentum_step-by_hand momentum_step-steps
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    v = g + (0 if state is None else 0.9 * state)
    return p - lr * v, v
