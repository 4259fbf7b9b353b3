"""numpy's slogdet.

replaces: slogdet
fails: slogdet-by_hand slogdet-values slogdet-zero_pivot slogdet-scale slogdet-singular slogdet-permutation
    slogdet-complex slogdet-habits
"""
def slogdet(A):
    return tuple(np.linalg.slogdet(A))
