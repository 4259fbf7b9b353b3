"""Mean ranks, after Wilcoxon.

replaces: roc_auc
"""
def roc_auc(y, score):
    y, score = np.asarray(y).astype(bool), np.asarray(score)
    m, n = int(y.sum()), int((~y).sum())
    if m * n == 0:
        raise ValueError("one class only")
    values, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return (rank[y].sum() - m * (m + 1) / 2) / (m * n)
