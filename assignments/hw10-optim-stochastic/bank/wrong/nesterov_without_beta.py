"""Adds the whole velocity to the gradient.

replaces: nesterov_step
fails: momentum_step-by_hand nesterov_step-steps nesterov_step-habits
"""
def nesterov_step(p, g, state, *, lr, beta=0.9):
    """One step with Nesterov momentum: returns p', state'."""
    v = g + (0 if state is None else beta * state)
    return p - lr * (g + v), v
