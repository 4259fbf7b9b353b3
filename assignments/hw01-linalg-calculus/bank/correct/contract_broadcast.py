"""All products by broadcasting, then a sum over the paired axes.

replaces: contract
"""
def contract(A, B, axes_a, axes_b):
    A, B = np.asarray(A), np.asarray(B)
    axes_a, axes_b = tuple(a % A.ndim for a in axes_a), tuple(b % B.ndim for b in axes_b)
    if tuple(A.shape[a] for a in axes_a) != tuple(B.shape[b] for b in axes_b):
        raise ValueError("axes do not match")
    free_b = [b for b in range(B.ndim) if b not in axes_b]
    aligned = np.ones(A.ndim, dtype=int)
    for a in axes_a:
        aligned[a] = A.shape[a]
    order = sorted(range(len(axes_a)), key=lambda i: axes_a[i])
    B = B.transpose([axes_b[i] for i in order] + free_b)
    B = B.reshape(tuple(aligned) + tuple(B.shape[len(order):]))
    A = A.reshape(A.shape + (1,) * len(free_b))
    return (A * B).sum(axis=axes_a) if axes_a else A * B
