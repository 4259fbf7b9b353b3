"""The first index is the decision.

replaces: confusion
fails: confusion-counts confusion-by_hand
"""
def confusion(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    return np.array([[np.sum((y == j) & (yhat == i)) for j in (0, 1)] for i in (0, 1)])
