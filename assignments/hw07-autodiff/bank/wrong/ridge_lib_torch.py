"""By torch.

replaces: ridge_hypergrad
fails: ridge_hypergrad-by_hand ridge_hypergrad-value ridge_hypergrad-range ridge_hypergrad-habits
"""
import torch


def ridge_hypergrad(X, y, lam, Xv, yv):
    X, y, Xv, yv = (torch.tensor(np.asarray(a, dtype=float)) for a in (X, y, Xv, yv))
    lam = torch.tensor(float(lam), dtype=torch.float64, requires_grad=True)
    w = torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1]), X.T @ y)
    (((Xv @ w - yv) ** 2).sum() / 2).backward()
    return float(lam.grad)
