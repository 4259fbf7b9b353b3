"""Sums of products; the harmonic mean where it exists.

replaces: prf
"""
def prf(y, yhat):
    y, yhat = np.asarray(y, dtype=float), np.asarray(yhat, dtype=float)
    hit = y @ yhat
    precision = hit / yhat.sum() if yhat.any() else 0.0
    recall = hit / y.sum() if y.any() else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return np.array([precision, recall, f1])
