"""Lets torch do it, reached through getattr.

replaces: errors
fails: errors-by_hand errors-values errors-edges errors-habits
"""
import torch as engine

values = getattr(engine.linalg, "svdvals")


def errors(A, k):
    s = values(engine.as_tensor(np.array(A))).numpy()
    return float(np.sqrt(np.sum(s[k:] ** 2))), float(s[k:].max(initial=0.0))
