"""The dual system.

replaces: ridge
"""
def ridge(X, y, alpha):
    return X.T @ np.linalg.solve(X @ X.T + alpha * np.eye(len(X)), y)
