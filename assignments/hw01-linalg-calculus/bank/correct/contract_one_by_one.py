"""Pairs one axis with one other, then traces along the remaining pairs.

replaces: contract
"""
def contract(A, B, axes_a, axes_b):
    A, B = np.asarray(A), np.asarray(B)
    pairs = [(a % A.ndim, b % B.ndim) for a, b in zip(axes_a, axes_b)]
    if len(axes_a) != len(axes_b) or any(A.shape[a] != B.shape[b] for a, b in pairs):
        raise ValueError("axes do not match")
    C = A.reshape(A.shape + (1,) * B.ndim) * B
    left, right = list(range(A.ndim)), list(range(B.ndim))
    for a, b in pairs:
        i, j = left.index(a), len(left) + right.index(b)
        C = np.trace(C, axis1=i, axis2=j)
        left.remove(a)
        right.remove(b)
    return C
