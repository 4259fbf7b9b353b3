"""Takes entries that are nearly equal for equal ones.

replaces: subgrad
fails: subgrad-smooth
"""
def subgrad(name, x):
    """A sub-gradient at x of the function with this name: l1, max, l2, hinge or nuclear."""
    # At each corner one choice is enough;
    # look for what divides by zero.
    x = np.array(x, dtype=float)
    if name == "l1":
        return np.sign(x)
    if name == "max":
        top = np.isclose(x, x.max())
        return top / top.sum()
    if name == "l2":
        length = np.sqrt(x @ x)
        return x / length if length > 0 else x
    if name == "hinge":
        return -(x < 1).astype(float)
    if name == "nuclear":
        U, s, Vt = np.linalg.svd(x, full_matrices=False)
        kept = s > 1e-12 * s[0]
        return U[:, kept] @ Vt[kept]
    raise ValueError(f"no function is called {name}")
