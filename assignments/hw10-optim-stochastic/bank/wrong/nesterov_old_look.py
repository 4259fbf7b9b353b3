"""Looks ahead with the old velocity.

replaces: nesterov_step
fails: momentum_step-by_hand nesterov_step-steps nesterov_step-habits
"""
def nesterov_step(p, g, state, *, lr, beta=0.9):
    """One step with Nesterov momentum: returns p', state'."""
    v = g + (0 if state is None else beta * state)
    return p - lr * (g + beta * (0 if state is None else state)), v
