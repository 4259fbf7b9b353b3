"""Takes the smallest value for the spectral error.

replaces: errors
fails: errors-by_hand errors-values errors-edges
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)[k:]
    return float(np.sqrt(np.sum(s ** 2))), float(s.min(initial=np.inf)) if len(s) else 0.0
