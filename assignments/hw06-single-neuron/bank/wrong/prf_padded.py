"""A small number in each denominator.

replaces: prf
fails: prf-values prf-undefined prf-by_hand
"""
def prf(y, yhat):
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(a / (b + 1e-6))
    return ratio(tp, called), ratio(tp, there), ratio(2 * tp, called + there)
