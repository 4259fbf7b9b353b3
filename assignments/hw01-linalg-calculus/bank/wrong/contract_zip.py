"""zip ends with the shorter tuple, so nobody looks at the rest of the longer one.

replaces: contract
fails: contract-mismatch
"""
def contract(A, B, axes_a, axes_b):
    A, B = np.asarray(A), np.asarray(B)
    axes_a, axes_b = [a % A.ndim for a in axes_a], [b % B.ndim for b in axes_b]
    summed = [A.shape[a] for a in axes_a]
    if any(A.shape[a] != B.shape[b] for a, b in zip(axes_a, axes_b)):
        raise ValueError("paired axes differ in number or size")
    free_a = [a for a in range(A.ndim) if a not in axes_a]
    free_b = [b for b in range(B.ndim) if b not in axes_b]
    shape = [A.shape[a] for a in free_a] + [B.shape[b] for b in free_b]
    left = A.transpose(free_a + axes_a).reshape(-1, math.prod(summed))
    right = B.transpose(axes_b + free_b).reshape(math.prod(summed), -1)
    return (left @ right).reshape(shape)
