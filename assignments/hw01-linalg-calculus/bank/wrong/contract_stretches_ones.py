"""Stretches a paired axis of length one.

replaces: contract
fails: contract-mismatch
"""
def contract(A, B, axes_a, axes_b):
    A, B = np.asarray(A), np.asarray(B)
    axes_a, axes_b = [a % A.ndim for a in axes_a], [b % B.ndim for b in axes_b]
    if len(axes_a) != len(axes_b):
        raise ValueError("tuples differ in length")
    free_a = [a for a in range(A.ndim) if a not in axes_a]
    free_b = [b for b in range(B.ndim) if b not in axes_b]
    A, B = A.transpose(free_a + axes_a), B.transpose(free_b + axes_b)
    A = A.reshape(A.shape[:len(free_a)] + (1,) * len(free_b) + A.shape[len(free_a):])
    return (A * B).sum(axis=tuple(range(len(free_a) + len(free_b), A.ndim)))
