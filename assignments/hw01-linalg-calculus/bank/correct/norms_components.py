"""Real and imaginary parts as one long vector.

replaces: norms
"""
def norms(x):
    x = np.asarray(x)
    parts = np.abs(np.stack([np.real(x), np.imag(x)])).astype(float)
    top = parts.max()
    if top == 0:
        return {"l1": 0.0, "l2": 0.0, "linf": 0.0}
    squares = (parts / top) ** 2
    sizes = top * np.sqrt(squares.sum(axis=0))
    return {"l1": float(sizes.sum()), "l2": float(top * np.sqrt(squares.sum())), "linf": float(sizes.max())}
