"""Does nothing when the gradient is zero throughout.

replaces: nesterov_step
fails: nesterov_step-steps
"""
def nesterov_step(p, g, state, *, lr, beta=0.9):
    """One step with Nesterov momentum: returns p', state'."""
    if not np.any(g):
        return p.copy(), state
    v = g + (0 if state is None else beta * state)
    return p - lr * (g + beta * v), v
