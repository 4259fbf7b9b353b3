"""Each weight for itself.

replaces: ridge
fails: ridge-hidden
"""
def ridge(X, y, lam):
    return X.T @ y / ((X**2).sum(axis=0) + lam)
