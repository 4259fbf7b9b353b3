"""A loop over the entries of the result, sums of slices.

replaces: contract
"""
def contract(A, B, axes_a, axes_b):
    A, B = np.asarray(A), np.asarray(B)
    axes_a, axes_b = [int(a) % A.ndim for a in axes_a], [int(b) % B.ndim for b in axes_b]
    if len(axes_a) != len(axes_b) or any(A.shape[a] != B.shape[b] for a, b in zip(axes_a, axes_b)):
        raise ValueError("axes do not match")
    A = np.moveaxis(A, axes_a, range(-len(axes_a), 0)) if axes_a else A
    B = np.moveaxis(B, axes_b, range(-len(axes_b), 0)) if axes_b else B
    left, right = A.ndim - len(axes_a), B.ndim - len(axes_b)
    C = np.zeros(A.shape[:left] + B.shape[:right])
    for i in np.ndindex(*A.shape[:left]):
        for j in np.ndindex(*B.shape[:right]):
            C[i + j] = np.sum(A[i] * B[j])
    return C
