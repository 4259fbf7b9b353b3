"""Takes scores that are nearly equal for equal ones.

replaces: roc_auc
fails: roc_auc-laws
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score)
    positive, negative = score[y == 1][:, None], score[y == 0]
    if not (positive.size and negative.size):
        raise ValueError("both classes are needed")
    tied = np.isclose(positive, negative)
    return float(np.mean(np.where(tied, 0.5, positive > negative)))
