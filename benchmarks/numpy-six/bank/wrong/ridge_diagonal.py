"""Each weight for itself.

replaces: ridge
fails: ridge-stationary
"""
def ridge(X, y, alpha):
    return X.T @ y / ((X**2).sum(axis=0) + alpha)
