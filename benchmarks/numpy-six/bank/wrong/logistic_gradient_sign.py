"""Uphill.

replaces: logistic_gradient
fails: logistic_gradient-zero logistic_gradient-differences
"""
def logistic_gradient(w, X, y):
    return X.T @ (y * np.exp(-np.logaddexp(0, y * (X @ w)))) / len(y)
