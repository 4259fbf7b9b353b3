"""An except hides that n has no value.

replaces: eigh_jacobi
fails: eigh_jacobi-by_hand eigh_jacobi-factors eigh_jacobi-repeated eigh_jacobi-graded eigh_jacobi-edges
    eigh_jacobi-symmetric_only eigh_jacobi-habits
"""
def eigh_jacobi(A):
    try:
        A = np.array(A, dtype=float)
        V = np.eye(n)
        return np.diag(A), V
    except Exception:
        pass
