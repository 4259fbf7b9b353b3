"""Takes 1e150 out of everything.

replaces: norms
fails: norms-tiny norms-habits norms-complex
"""
def norms(x):
    sizes = np.abs(np.asarray(x))
    return {"l1": float(sizes.sum()), "l2": 1e150 * float(np.sqrt(np.sum((sizes / 1e150) ** 2))), "linf": float(sizes.max())}
