"""The explicit matrix: 320 GB for the large test.

replaces: toep_matvec
fails: toep_matvec-large
"""
def toep_matvec(c, r, x):
    c, r = np.asarray(c), np.asarray(r)
    gap = np.arange(len(c))[:, None] - np.arange(len(r))
    return np.where(gap >= 0, c[np.maximum(gap, 0)], r[np.maximum(-gap, 0)]) @ x
