"""Keeps the velocity in a default argument.

replaces: momentum_step
fails: momentum_step-interleaved momentum_step-habits
"""
def momentum_step(p, g, state, *, lr, beta=0.9, memory={}):
    v = g + (0 if state is None else beta * memory["v"])
    memory["v"] = v
    return p - lr * v, "in memory"
