"""The coefficient of Polak and Ribière, and the step from r and p.

replaces: cg
"""
def cg(A, b, tol, maxit):
    b = np.asarray(b, dtype=float)
    x = np.zeros(A.shape[0])
    r = b - x
    p = r.copy()
    res = [float(np.linalg.norm(r))]
    for _ in range(maxit):
        if res[-1] <= tol * res[0]:
            break
        Ap = A.matvec(p)
        alpha = (r @ p) / (p @ Ap)
        x = x + alpha * p
        new = r - alpha * Ap
        beta = new @ (new - r) / (r @ r)
        r, p = new, new + beta * p
        res.append(float(np.linalg.norm(r)))
    return x, res
