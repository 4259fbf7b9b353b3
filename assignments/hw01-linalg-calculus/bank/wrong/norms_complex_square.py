"""Squares of complex entries in place of squared moduli.

replaces: norms
fails: norms-complex
"""
def norms(x):
    x = np.asarray(x)
    sizes = np.abs(x)
    top = sizes.max()
    l2 = top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": float(top)}
