"""Class 1 comes first.

replaces: confusion
fails: confusion-counts confusion-by_hand
"""
def confusion(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    return np.array([[np.sum((y == i) & (yhat == j)) for j in (1, 0)] for i in (1, 0)])
