"""Does nothing when the gradient is zero throughout.

replaces: momentum_step
fails: momentum_step-steps
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    if not np.any(g):
        return p.copy(), state
    v = g + (0 if state is None else beta * state)
    return p - lr * v, v
