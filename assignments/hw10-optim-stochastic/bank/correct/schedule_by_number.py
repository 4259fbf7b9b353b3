"""One number at a time with the math module, lifted to arrays.

replaces: lr_at
"""
import math


def lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    def one(k):
        if kind == "constant":
            return lr
        if kind == "step":
            return lr * math.pow(drop, k // every)
        if k < warmup:
            return k / warmup * lr
        if kind == "inverse_sqrt":
            return lr / math.sqrt(max(k, 1) / max(warmup, 1))
        if k >= total:
            return min_lr
        return min_lr + (lr - min_lr) * math.cos(math.pi * (k - warmup) / (total - warmup) / 2) ** 2

    if kind not in ("constant", "step", "cosine", "inverse_sqrt"):
        raise ValueError(kind)
    k = np.asarray(step)
    return np.array([float(one(int(each))) for each in k.ravel()]).reshape(k.shape)
