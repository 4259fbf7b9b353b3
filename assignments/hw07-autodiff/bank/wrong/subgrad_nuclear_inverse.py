"""X (X^T X)^(-1/2): breaks down without full rank.

replaces: subgrad
fails: subgrad-rank
"""
def subgrad(name, x):
    """A sub-gradient at x of the function with this name: l1, max, l2, hinge or nuclear."""
    # At each corner one choice is enough;
    # look for what divides by zero.
    x = np.array(x, dtype=float)
    if name == "l1":
        return np.sign(x)
    if name == "max":
        return np.eye(len(x))[np.argmax(x)]
    if name == "l2":
        length = np.sqrt(x @ x)
        return x / length if length > 0 else x
    if name == "hinge":
        return -(x < 1).astype(float)
    if name == "nuclear":
        U, s, Vt = np.linalg.svd(x, full_matrices=False)
        return x @ ((Vt.T / s) @ Vt)
    raise ValueError(f"no function is called {name}")
