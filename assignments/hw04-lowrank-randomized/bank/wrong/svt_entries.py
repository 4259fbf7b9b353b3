"""Thresholds the entries.

replaces: svt
fails: svt-by_hand svt-minimiser svt-edges svt-habits
"""
def svt(A, tau):
    return np.sign(A) * np.maximum(np.abs(A) - tau, 0.0)
