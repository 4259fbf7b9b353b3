"""Sets of places.

replaces: prf
"""
def prf(y, yhat):
    there, called = ({i for i, v in enumerate(values) if v} for values in (y, yhat))
    hit = len(there & called)
    return hit / max(len(called), 1), hit / max(len(there), 1), 2 * hit / max(len(there) + len(called), 1)
