"""Forgets the half of the penalty.

replaces: penalty_path
fails: penalty_path-by_hand penalty_path-minima
"""
def penalty_path(Q, c, A, b, rhos):
    return np.array([np.linalg.solve(Q + 2 * rho * (A.T @ A), 2 * rho * (A.T @ b) - c) for rho in rhos])
