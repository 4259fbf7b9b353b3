"""Torch under another name solves.

replaces: penalty_path
fails: penalty_path-by_hand penalty_path-minima penalty_path-habits
"""
def penalty_path(Q, c, A, b, rhos):
    from torch import linalg as algebra, tensor

    return np.array([algebra.solve(tensor(np.array(Q + rho * (A.T @ A), dtype=float)),
                                   tensor(np.array(rho * (A.T @ b) - c, dtype=float))).numpy() for rho in rhos])
