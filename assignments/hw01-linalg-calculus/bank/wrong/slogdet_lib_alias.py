"""numpy's slogdet by another name.

replaces: slogdet
fails: slogdet-by_hand slogdet-values slogdet-zero_pivot slogdet-scale slogdet-singular slogdet-permutation
    slogdet-complex slogdet-habits
"""
import numpy.linalg as la

lu = la.slogdet

def slogdet(A):
    return tuple(lu(A))
