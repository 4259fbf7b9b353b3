"""A curve through the examples one by one: ties depend on the order of the rows.

replaces: roc_auc
fails: roc_auc-ties roc_auc-by_hand
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score)
    if len(np.unique(y)) < 2:
        raise ValueError("both classes are needed")
    y = y[np.argsort(-score, kind="stable")]
    tpr, fpr = np.cumsum(y) / y.sum(), np.cumsum(1 - y) / (1 - y).sum()
    tpr, fpr = np.append(0, tpr), np.append(0, fpr)
    return float(((tpr[1:] + tpr[:-1]) / 2 * np.diff(fpr)).sum())
