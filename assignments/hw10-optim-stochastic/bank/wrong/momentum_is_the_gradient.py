"""Begins with the gradient array itself as velocity.

replaces: momentum_step
fails: momentum_step-habits
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    v = g if state is None else beta * state + g
    return p - lr * v, v
