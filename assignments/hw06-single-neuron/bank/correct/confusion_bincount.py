"""Two bits as one number, counted.

replaces: confusion
"""
def confusion(y, yhat):
    return np.bincount(2 * np.asarray(y) + np.asarray(yhat), minlength=4).reshape(2, 2)
