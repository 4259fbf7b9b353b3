"""Shares of each row.

replaces: confusion
fails: confusion-counts confusion-by_hand
"""
def confusion(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    C = np.array([[np.sum((y == i) & (yhat == j)) for j in (0, 1)] for i in (0, 1)])
    return C / np.maximum(C.sum(axis=1, keepdims=True), 1)
