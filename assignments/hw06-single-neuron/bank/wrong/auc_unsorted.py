"""The trapezoid over thresholds in the order of the examples.

replaces: roc_auc
fails: roc_auc-pairs roc_auc-ties roc_auc-laws roc_auc-by_hand
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score)
    if len(np.unique(y)) < 2:
        raise ValueError("both classes are needed")
    tpr = np.array([0.0] + [np.mean(score[y == 1] >= cut) for cut in score] + [1.0])
    fpr = np.array([0.0] + [np.mean(score[y == 0] >= cut) for cut in score] + [1.0])
    return float(((tpr[1:] + tpr[:-1]) / 2 * np.diff(fpr)).sum())
