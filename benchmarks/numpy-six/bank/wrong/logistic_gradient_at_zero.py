"""Right at zero only.

replaces: logistic_gradient
fails: logistic_gradient-differences
"""
def logistic_gradient(w, X, y):
    return -X.T @ y / (2 * len(y))
