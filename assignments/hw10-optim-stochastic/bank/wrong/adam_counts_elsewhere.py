"""Counts the calls in a variable of the notebook.

replaces: adam_step
fails: momentum_step-interleaved adam_step-habits
"""
CALLS = [0]


def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = (0, 0) if state is None else state
    CALLS[0] = 1 if state is None else CALLS[0] + 1
    t = CALLS[0]
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    return p - lr * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps), (m, s)
