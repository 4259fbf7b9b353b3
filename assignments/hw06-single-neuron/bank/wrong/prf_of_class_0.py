"""Speaks of class 0.

replaces: prf
fails: prf-values prf-undefined prf-by_hand
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 0) & (yhat == 0)), np.sum(yhat == 0), np.sum(y == 0)
    ratio = lambda a, b: float(a / b) if b > 0 else 0.0
    return ratio(tp, called), ratio(tp, there), ratio(2 * tp, called + there)
