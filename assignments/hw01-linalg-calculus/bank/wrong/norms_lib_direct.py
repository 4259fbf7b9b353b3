"""numpy's norm, by name.

replaces: norms
fails: norms-by_hand norms-values norms-huge norms-tiny norms-complex norms-zero norms-habits
"""
def norms(x):
    return {key: float(np.linalg.norm(x, p)) for key, p in [("l1", 1), ("l2", None), ("linf", np.inf)]}
