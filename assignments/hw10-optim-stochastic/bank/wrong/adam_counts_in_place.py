"""Counts up in the old state.

replaces: adam_step
fails: momentum_step-interleaved adam_step-habits
"""
def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    state = {"m": 0, "s": 0, "t": 0} if state is None else state
    state["t"] += 1
    m, s, t = beta1 * state["m"] + (1 - beta1) * g, beta2 * state["s"] + (1 - beta2) * g**2, state["t"]
    step = m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return p - lr * step, {"m": m, "s": s, "t": t}
