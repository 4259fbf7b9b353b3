"""Divides by rho.

replaces: penalty_path
fails: penalty_path-by_hand penalty_path-minima
"""
def penalty_path(Q, c, A, b, rhos):
    return np.array([np.linalg.solve(Q + (A.T @ A) / rho, (A.T @ b) / rho - c) for rho in rhos])
