"""Takes out the first entry, which may be a small one.

replaces: norms
fails: norms-huge
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    top = float(sizes[0]) or float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": float(sizes.max())}
