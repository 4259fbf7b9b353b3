"""Counts from one: begins at s_k in place of s_(k+1).

replaces: errors
fails: errors-by_hand errors-values errors-edges
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)[max(k - 1, 0):]
    return float(np.sqrt(np.sum(s ** 2))), float(s.max(initial=0.0))
