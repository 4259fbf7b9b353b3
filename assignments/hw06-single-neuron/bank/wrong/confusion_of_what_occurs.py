"""A row and a column for each class that occurs.

replaces: confusion
fails: confusion-counts
"""
def confusion(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    there = np.unique(np.concatenate([y, yhat]))
    return np.array([[np.sum((y == i) & (yhat == j)) for j in there] for i in there])
