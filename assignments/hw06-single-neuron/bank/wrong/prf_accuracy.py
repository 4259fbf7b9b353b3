"""The share of right decisions for the precision.

replaces: prf
fails: prf-values prf-undefined prf-by_hand
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(a / b) if b > 0 else 0.0
    return float(np.mean(y == yhat)), ratio(tp, there), ratio(2 * tp, called + there)
