"""Borrows the SVD of torch under another name.

replaces: soft_impute
fails: soft_impute-descends soft_impute-objective soft_impute-minimiser soft_impute-recovers soft_impute-stops
    soft_impute-habits
"""
import torch as t

decompose = t.linalg.svd


def soft_impute(M, mask, lam, tol, maxit):
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = (part.numpy() for part in decompose(t.as_tensor(np.where(mask, M, X)), full_matrices=False))
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
