"""Returns no state.

replaces: momentum_step
fails: momentum_step-by_hand momentum_step-steps
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    v = g + (0 if state is None else beta * state)
    return p - lr * v, None
