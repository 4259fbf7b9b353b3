"""Precision and recall are exchanged.

replaces: prf
fails: prf-values prf-by_hand
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(a / b) if b > 0 else 0.0
    return ratio(tp, there), ratio(tp, called), ratio(2 * tp, called + there)
