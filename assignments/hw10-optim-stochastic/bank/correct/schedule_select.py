"""A table of functions, joined by np.select.

replaces: lr_at
"""
def lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    k = np.array(step, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = np.pi * (k - warmup) / (total - warmup)
        kinds = {
            "constant": np.full(k.shape, lr),
            "step": lr * drop ** np.floor(k / every),
            "cosine": np.select([k < warmup, k <= total], [lr * k / max(warmup, 1), min_lr + 0.5 * (lr - min_lr) * (1 + np.cos(angle))],
                                min_lr),
            "inverse_sqrt": lr * np.where(k < warmup, k / max(warmup, 1), (max(warmup, 1) / np.maximum(k, 1)) ** 0.5),
        }
    if kind not in kinds:
        raise ValueError("kind is one of " + ", ".join(kinds))
    return kinds[kind]
