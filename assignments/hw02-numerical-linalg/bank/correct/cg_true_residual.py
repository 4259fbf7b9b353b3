"""Keeps A x by adding up the products, so that each residual is b - A x itself.

replaces: cg
"""
def cg(A, b, tol, maxit):
    b = np.array(b, dtype=float)
    x, image, p, r = 0 * b, 0 * b, b, b
    res = [float(np.sqrt(b @ b))]
    while len(res) <= maxit and res[-1] > tol * res[0]:
        Ap = A.matvec(p)
        curve = p @ Ap
        x, image = x + (p @ r) / curve * p, image + (p @ r) / curve * Ap
        r = b - image
        p = r - (r @ Ap) / curve * p
        res.append(float(np.sqrt(r @ r)))
    return x, res
