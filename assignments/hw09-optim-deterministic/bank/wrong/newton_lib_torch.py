"""Torch finds the eigenvalues of the Hessian.

replaces: newton
fails: newton-by_hand newton-order newton-affine newton-damped newton-not_convex newton-habits
"""
def newton(orc, hess, x0, tol):
    import torch

    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        w, V = (part.numpy() for part in torch.linalg.eigh(torch.tensor(np.array(hess(x), dtype=float))))
        w = np.maximum(np.abs(w), 1e-10 * np.abs(w).max())
        p = -V @ ((V.T @ g) / w)
        f0, slope, t = orc.f(x), g @ p, 1.0
        while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope and t > 1e-20:
            t /= 2
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
