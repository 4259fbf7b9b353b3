"""Cuts off columns of the matrix instead.

replaces: low_rank
fails: low_rank-nearest
"""
def low_rank(A, k):
    B = A.copy()
    B[:, k:] = 0
    return B
