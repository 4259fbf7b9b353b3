"""Takes the largest entry out and does not put it back.

replaces: norms
fails: norms-values norms-huge norms-tiny norms-complex norms-zero norms-by_hand
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    top = float(sizes.max()) or 1.0
    return {"l1": float(sizes.sum()), "l2": float(np.sqrt(np.sum((sizes / top) ** 2))), "linf": float(sizes.max())}
