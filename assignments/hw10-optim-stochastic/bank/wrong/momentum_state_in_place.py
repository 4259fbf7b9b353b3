"""Updates the velocity in place.

replaces: momentum_step
fails: momentum_step-interleaved momentum_step-habits
"""
def momentum_step(p, g, state, *, lr, beta=0.9):
    v = np.zeros_like(g, dtype=float) if state is None else state
    v *= beta
    v += g
    return p - lr * v, v
