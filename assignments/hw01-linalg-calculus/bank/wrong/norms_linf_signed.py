"""The largest entry, not the largest absolute value.

replaces: norms
fails: norms-by_hand norms-values norms-complex norms-zero
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    top = float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": max(np.asarray(x).tolist(), key=lambda v: complex(v).real)}
