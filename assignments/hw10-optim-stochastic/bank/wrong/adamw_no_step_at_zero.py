"""Only decays where the present gradient is zero.

replaces: adamw_step
fails: adamw_step-steps
"""
def adamw_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.01):
    """One step of Adam with decoupled weight decay: returns p', state'."""
    m, s, t = (0, 0, 0) if state is None else state
    m, s, t = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2, t + 1
    step = m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return p - lr * np.where(g == 0, 0.0, step) - lr * wd * p, (m, s, t)
