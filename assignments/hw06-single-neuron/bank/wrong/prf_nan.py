"""0 / 0 is nan.

replaces: prf
fails: prf-undefined
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(np.float64(a) / b)
    return ratio(tp, called), ratio(tp, there), ratio(2 * tp, called + there)
