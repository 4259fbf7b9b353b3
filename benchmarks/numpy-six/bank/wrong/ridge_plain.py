"""Forgets the penalty.

replaces: ridge
fails: ridge-by_hand ridge-stationary
"""
def ridge(X, y, alpha):
    return np.linalg.lstsq(X, y, rcond=None)[0]
