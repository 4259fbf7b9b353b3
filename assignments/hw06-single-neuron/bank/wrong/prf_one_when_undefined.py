"""1 where nothing is called positive.

replaces: prf
fails: prf-undefined
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(a / b) if b > 0 else 1.0
    return ratio(tp, called), ratio(tp, there), ratio(2 * tp, called + there)
