"""Asks torch for the eigenvalues.

replaces: power_method
fails: power_method-by_hand power_method-certificate power_method-negative power_method-honest power_method-scale
    power_method-start power_method-habits
"""
def power_method(A, x0, tol, maxit):
    import torch

    n = A.shape[0]
    w, V = torch.linalg.eigh(torch.from_numpy(np.stack([A.matvec(e) for e in np.eye(n)])))
    best = int(w.abs().argmax())
    return float(w[best]), V[:, best].numpy(), n, True
