"""Scores between 0 and 1 in a hundred buckets.

replaces: roc_auc
fails: roc_auc-pairs roc_auc-ties roc_auc-laws roc_auc-by_hand
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.floor(100 * np.clip(np.asarray(score, dtype=float), 0, 1))
    positive, negative = score[y == 1], np.sort(score[y == 0])
    if not (len(positive) and len(negative)):
        raise ValueError("both classes are needed")
    below = np.searchsorted(negative, positive, side="left")
    up_to = np.searchsorted(negative, positive, side="right")
    return float((below + up_to).sum() / (2 * len(positive) * len(negative)))
