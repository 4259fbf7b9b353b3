"""Takes the squares that are kept from the square of the norm: small errors drown.

replaces: errors
fails: errors-values
"""
def errors(A, k):
    s = np.linalg.svd(A, compute_uv=False)
    kept = np.linalg.norm(A) ** 2 - np.sum(s[:k] ** 2)
    return float(np.sqrt(max(kept, 0.0))) if k < len(s) else 0.0, float(s[k:].max(initial=0.0))
