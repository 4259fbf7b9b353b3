"""Looks at the beginning of the kind.

replaces: lr_at
fails: lr_at-edges
"""
def lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    """The step size of a schedule at an integer step, or at an array of them."""
    k = np.asarray(step)
    rise = lr * k / max(warmup, 1)
    if kind == "constant":
        rate = lr + 0.0 * k
    elif kind == "step":
        rate = lr * float(drop) ** (k // every)
    elif kind.startswith("cos"):
        part = np.clip((k - warmup) / (total - warmup), 0, 1)
        rate = np.where(k < warmup, rise, min_lr + (lr - min_lr) * (1 + np.cos(np.pi * part)) / 2)
    elif kind == "inverse_sqrt":
        rate = np.where(k < warmup, rise, lr * np.sqrt(max(warmup, 1) / np.maximum(k, 1)))
    else:
        raise ValueError(f"unknown kind {kind!r}")
    return float(rate) if np.ndim(rate) == 0 else rate
