"""1/2 when there is one class only.

replaces: roc_auc
fails: roc_auc-laws
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score)
    positive, negative = score[y == 1], np.sort(score[y == 0])
    if not (len(positive) and len(negative)):
        return 0.5
    below = np.searchsorted(negative, positive, side="left")
    up_to = np.searchsorted(negative, positive, side="right")
    return float((below + up_to).sum() / (2 * len(positive) * len(negative)))
