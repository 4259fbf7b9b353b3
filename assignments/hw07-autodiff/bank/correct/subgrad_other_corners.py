"""Other elements at every corner: ones, means, the full polar factor.

replaces: subgrad
"""
def subgrad(name, x):
    """A sub-gradient at x of the function with this name."""
    x = np.asarray(x, dtype=float)
    match name:
        case "l1":
            return np.where(x >= 0, 1.0, -1.0)
        case "max":
            top = x == x.max()
            return top / top.sum()
        case "l2":
            return x / np.linalg.norm(x) if x.any() else np.full(x.shape, 1 / x.size)
        case "hinge":
            return np.where(x <= 1, -1.0, 0.0)
        case "nuclear":
            U, _, Vt = np.linalg.svd(x, full_matrices=False)
            return U @ Vt
    raise ValueError(name)
