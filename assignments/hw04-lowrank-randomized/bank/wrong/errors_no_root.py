"""Forgets the root of the sum of squares.

replaces: errors
fails: errors-by_hand errors-values errors-edges
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)[k:]
    return float(np.sum(s ** 2)), float(s.max(initial=0.0))
