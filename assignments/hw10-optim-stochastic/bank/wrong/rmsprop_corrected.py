"""Corrects the average as Adam does.

replaces: rmsprop_step
fails: adam_step-by_hand rmsprop_step-steps rmsprop_step-habits
"""
def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    s, t = (0, 0) if state is None else state
    s, t = (1 - rho) * g**2 + rho * s, t + 1
    return p - lr * g / (np.sqrt(s / (1 - rho**t)) + eps), (s, t)
