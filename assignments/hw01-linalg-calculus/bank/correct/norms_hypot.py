"""One hypotenuse after the other.

replaces: norms
"""
def norms(x):
    sizes = np.abs(np.array(x))
    return {"l1": float(np.sum(sizes)), "l2": float(np.hypot.reduce(sizes.astype(float))), "linf": float(np.max(sizes))}
