"""Forgets the penalty.

replaces: ridge
fails: ridge-visible ridge-hidden
"""
def ridge(X, y, lam):
    return np.linalg.lstsq(X, y, rcond=None)[0]
