"""The SVD of B^T A instead, and the product the other way round.

replaces: procrustes
"""
def procrustes(A, B):
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    left, _, right = np.linalg.svd(B.T @ A)
    return np.ascontiguousarray((left @ right).T)
