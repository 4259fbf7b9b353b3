"""Sums the squares from the small end, in a loop.

replaces: errors
"""
def errors(A, k):
    values = [*np.linalg.svd(A, compute_uv=False), 0.0]
    total = 0.0
    for value in reversed(values[k:]):
        total += value * value
    return total ** 0.5, values[k]
