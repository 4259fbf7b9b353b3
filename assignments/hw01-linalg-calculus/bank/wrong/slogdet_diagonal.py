"""The diagonal of A without any elimination.

replaces: slogdet
fails: slogdet-by_hand slogdet-values slogdet-zero_pivot slogdet-scale slogdet-singular slogdet-permutation
    slogdet-complex slogdet-habits
"""
def slogdet(A):
    d = np.diag(np.asarray(A))
    if (d == 0).any():
        return 0.0, -np.inf
    return np.prod(d / np.abs(d)), np.log(np.abs(d)).sum()
