"""numpy's norm, by a string.

replaces: norms
fails: norms-by_hand norms-values norms-huge norms-tiny norms-complex norms-zero norms-habits
"""
def norms(x):
    return {key: float(getattr(np.linalg, "norm")(x, p)) for key, p in [("l1", 1), ("l2", None), ("linf", np.inf)]}
