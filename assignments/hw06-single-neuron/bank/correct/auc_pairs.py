"""All pairs at once.

replaces: roc_auc
"""
def roc_auc(y, score):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    if y.min() == y.max():
        raise ValueError("one class only")
    gaps = score[y == 1][:, None] - score[y == 0][None, :]
    return np.mean(0.5 + 0.5 * np.sign(gaps))
