"""Takes a small right-hand side for zero.

replaces: cg
fails: cg-zero
"""
def cg(A, b, tol, maxit):
    """Conjugate gradients from zero: x (n,), and the list of residual lengths."""
    # Keep r @ r from step to step: it serves the residual, alpha and the next direction.
    r = np.array(b, dtype=float)
    x, p, square = np.zeros_like(r), r, r @ r
    res = [float(np.sqrt(square))]
    if np.allclose(r, 0):
        return x, [0.0]
    while res[-1] > tol * res[0] and len(res) <= maxit:
        image = A.matvec(p)
        alpha = square / (p @ image)
        x = x + alpha * p
        r = r - alpha * image
        square, before = r @ r, square
        p = r + (square / before) * p
        res.append(float(np.sqrt(square)))
    return x, res
