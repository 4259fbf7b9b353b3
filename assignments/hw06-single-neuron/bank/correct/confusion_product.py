"""A product of matrices of ones and zeros.

replaces: confusion
"""
def confusion(y, yhat):
    one = lambda v: np.eye(2, dtype=int)[np.asarray(v)]
    return one(y).T @ one(yhat)
