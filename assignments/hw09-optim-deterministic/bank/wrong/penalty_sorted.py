"""Returns the rows by growing rho.

replaces: penalty_path
fails: penalty_path-minima
"""
def penalty_path(Q, c, A, b, rhos):
    return np.array([np.linalg.solve(Q + rho * (A.T @ A), rho * (A.T @ b) - c) for rho in sorted(rhos)])
