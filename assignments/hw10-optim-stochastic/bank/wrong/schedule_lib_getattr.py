"""Borrows the cosine of torch by getattr.

replaces: lr_at
fails: lr_at-by_hand lr_at-boundaries lr_at-arrays lr_at-edges lr_at-habits
"""
def lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    """The step size of a schedule at an integer step, or at an array of them."""
    k = np.asarray(step)
    rise = lr * k / max(warmup, 1)
    if kind == "constant":
        rate = lr + 0.0 * k
    elif kind == "step":
        rate = lr * float(drop) ** (k // every)
    elif kind == "cosine":
        part = np.clip((k - warmup) / (total - warmup), 0, 1)
        rate = np.where(k < warmup, rise, min_lr + (lr - min_lr) * (1 + getattr(torch, "cos")(torch.as_tensor(np.pi * part)).numpy()) / 2)
    elif kind == "inverse_sqrt":
        rate = np.where(k < warmup, rise, lr * np.sqrt(max(warmup, 1) / np.maximum(k, 1)))
    else:
        raise ValueError(f"unknown kind {kind!r}")
    return float(rate) if np.ndim(rate) == 0 else rate
