"""The area below the curve, one point per different score.

replaces: roc_auc
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score)
    if len(set(y.tolist())) < 2:
        raise ValueError("one class only")
    cuts = np.unique(score)
    tpr = np.array([np.mean(score[y == 1] >= cut) for cut in cuts] + [0.0])
    fpr = np.array([np.mean(score[y == 0] >= cut) for cut in cuts] + [0.0])
    return float(((tpr[:-1] + tpr[1:]) * (fpr[:-1] - fpr[1:])).sum() / 2)
