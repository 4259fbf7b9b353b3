"""Returns the spectral error first.

replaces: errors
fails: errors-by_hand errors-values errors-edges
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)[k:]
    return float(s.max(initial=0.0)), float(np.sqrt(np.sum(s ** 2)))
