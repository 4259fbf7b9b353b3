"""Another library counts.

replaces: confusion
fails: confusion-counts confusion-by_hand confusion-habits
"""
def confusion(y, yhat):
    from sklearn.metrics import confusion_matrix
    return confusion_matrix(y, yhat, labels=[0, 1])
