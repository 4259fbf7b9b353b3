"""torch solves with the matrix that was read.

replaces: cg
fails: cg-two_steps cg-few_eigenvalues cg-rate cg-honest cg-stops cg-products cg-zero cg-habits
"""
import torch


def cg(A, b, tol, maxit):
    M = torch.tensor(np.column_stack([A.matvec(e) for e in np.eye(len(b))]))
    x = torch.linalg.solve(M, torch.tensor(np.array(b, dtype=float))).numpy()
    return x, [float(np.linalg.norm(b)), 0.0]
