"""Squares before anything is taken out.

replaces: norms
fails: norms-huge norms-tiny norms-complex
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    return {"l1": float(sizes.sum()), "l2": float(np.sqrt(np.sum(sizes**2))), "linf": float(sizes.max())}
