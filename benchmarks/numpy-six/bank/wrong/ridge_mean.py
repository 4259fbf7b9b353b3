"""Takes the mean of the squares.

replaces: ridge
fails: ridge-by_hand ridge-stationary
"""
def ridge(X, y, alpha):
    return np.linalg.solve(X.T @ X / len(y) + alpha * np.eye(X.shape[1]), X.T @ y / len(y))
