"""Forms the difference and takes its norms.

replaces: errors
"""
def errors(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    rest = A - (U[:, :k] * s[:k]) @ Vt[:k]
    return np.linalg.norm(rest), np.linalg.norm(rest, 2)
