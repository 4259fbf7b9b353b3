"""Both matrices divided by their norms beforehand.

replaces: commutes
"""
def commutes(A, B, tol):
    length = lambda M: np.sqrt(np.sum(np.asarray(M, dtype=float) ** 2))
    if length(A) == 0 or length(B) == 0:
        return True
    A, B = np.asarray(A) / length(A), np.asarray(B) / length(B)
    return length(A @ B - B @ A) <= tol
