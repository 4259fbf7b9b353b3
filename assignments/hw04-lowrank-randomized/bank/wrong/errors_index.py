"""Looks for a value behind the last one.

replaces: errors
fails: errors-edges
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)
    return float(np.sqrt(np.sum(s[k:] ** 2))), float(s[k])
