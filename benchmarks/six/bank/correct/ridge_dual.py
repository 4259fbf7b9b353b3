"""The dual system.

replaces: ridge
"""
def ridge(X, y, lam):
    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)
