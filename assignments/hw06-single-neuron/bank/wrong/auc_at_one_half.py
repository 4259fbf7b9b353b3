"""Decides at the threshold 1/2 first.

replaces: roc_auc
fails: roc_auc-pairs roc_auc-ties roc_auc-laws roc_auc-by_hand
"""
def roc_auc(y, score):
    y, score = np.asarray(y), (np.asarray(score) >= 0.5) * 1.0
    positive, negative = score[y == 1], np.sort(score[y == 0])
    if not (len(positive) and len(negative)):
        raise ValueError("both classes are needed")
    below = np.searchsorted(negative, positive, side="left")
    up_to = np.searchsorted(negative, positive, side="right")
    return float((below + up_to).sum() / (2 * len(positive) * len(negative)))
