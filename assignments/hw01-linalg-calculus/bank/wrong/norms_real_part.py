"""Complex entries lose their imaginary part.

replaces: norms
fails: norms-complex
"""
def norms(x):
    sizes = np.abs(np.array(x, dtype=float))
    top = float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": top}
