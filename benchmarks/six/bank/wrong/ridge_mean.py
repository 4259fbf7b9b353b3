"""Takes the mean of the squares.

replaces: ridge
fails: ridge-visible ridge-hidden
"""
def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X / len(y) + lam * np.eye(X.shape[1]), X.T @ y / len(y))
