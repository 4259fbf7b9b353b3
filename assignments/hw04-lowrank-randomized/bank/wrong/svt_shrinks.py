"""Multiplies all singular values by one factor, as a ridge would.

replaces: svt
fails: svt-by_hand svt-minimiser svt-edges svt-habits
"""
def svt(A, tau):
    return np.array(A, dtype=float) / (1 + tau)
