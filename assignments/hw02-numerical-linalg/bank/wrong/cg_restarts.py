"""Starts again from the residual every ten steps.

replaces: cg
fails: cg-few_eigenvalues
"""
def cg(A, b, tol, maxit):
    """Conjugate gradients from zero: x (n,), and the list of residual lengths."""
    # Keep r @ r from step to step: it serves the residual, alpha and the next direction.
    r = np.array(b, dtype=float)
    x, p, square = np.zeros_like(r), r, r @ r
    res = [float(np.sqrt(square))]
    while res[-1] > tol * res[0] and len(res) <= maxit:
        image = A.matvec(p)
        alpha = square / (p @ image)
        x = x + alpha * p
        r = r - alpha * image
        square, before = r @ r, square
        p = r + (square / before) * p
        if len(res) % 10 == 0:
            p = r
        res.append(float(np.sqrt(square)))
    return x, res
