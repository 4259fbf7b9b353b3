"""By torch.

replaces: vjp_solve
fails: vjp_solve-by_hand vjp_solve-adjoint vjp_solve-habits
"""
import torch


def vjp_solve(A, b, gx):
    A, b, gx = (torch.tensor(np.asarray(a, dtype=float)) for a in (A, b, gx))
    _, pull = torch.func.vjp(torch.linalg.solve, A, b)
    return tuple(part.numpy() for part in pull(gx))
