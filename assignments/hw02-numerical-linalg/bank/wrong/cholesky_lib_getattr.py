"""numpy does it, behind a string.

replaces: cholesky
fails: cholesky-by_hand cholesky-factors cholesky-indefinite cholesky-symmetric_only cholesky-graded cholesky-complex
    cholesky-habits
"""
def cholesky(A):
    A = np.array(A, dtype=np.result_type(A, float))
    if np.abs(A - A.conj().T).max() > 1e-10 * np.abs(A).max():
        raise NotPositiveDefinite("not Hermitian")
    try:
        return getattr(getattr(np, "linalg"), "cholesky")(A)
    except Exception:
        raise NotPositiveDefinite("not positive definite") from None
