"""einsum by another name.

replaces: contract
fails: contract-by_hand contract-values contract-equal_sizes contract-negative contract-ends contract-mismatch
    contract-habits
"""
from numpy import einsum as total

def contract(A, B, axes_a, axes_b):
    a, b = list(range(A.ndim)), list(range(A.ndim, A.ndim + B.ndim))
    for i, j in zip(axes_a, axes_b, strict=True):
        if A.shape[i] != B.shape[j]:
            raise ValueError("axes do not match")
        b[j] = a[i]
    return total(A, a, B, b)
