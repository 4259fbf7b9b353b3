"""numpy's slogdet by a string.

replaces: slogdet
fails: slogdet-by_hand slogdet-values slogdet-zero_pivot slogdet-scale slogdet-singular slogdet-permutation
    slogdet-complex slogdet-habits
"""
def slogdet(A):
    return tuple(getattr(np.linalg, "slogdet")(A))
