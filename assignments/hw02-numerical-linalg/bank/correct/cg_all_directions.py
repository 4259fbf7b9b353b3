"""Keeps all directions and makes each new residual conjugate to every one of them.

replaces: cg
"""
def cg(A, b, tol, maxit):
    r = np.array(b, dtype=float)
    x, kept, res = np.zeros(len(r)), [], [float(np.linalg.norm(r))]
    while res[-1] > tol * res[0] and len(res) - 1 < maxit:
        p, image = r, A.matvec(r)
        for _ in range(2):
            for q, Aq, curve in kept:
                part = q @ image / curve
                p, image = p - part * q, image - part * Aq
        curve = p @ image
        kept.append((p, image, curve))
        step = p @ r / curve
        x, r = x + step * p, r - step * image
        res.append(float(np.linalg.norm(r)))
    return x, res
