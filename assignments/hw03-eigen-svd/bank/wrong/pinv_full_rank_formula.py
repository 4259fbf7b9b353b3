"""The formulas (A* A)^-1 A* and A* (A A*)^-1, which need full rank.

replaces: pinv
fails: pinv-by_hand pinv-rank pinv-scale min_norm_solve-shortest
"""
def pinv(A, rcond=None):
    A = np.array(A, dtype=complex if np.iscomplexobj(A) else float)
    H = A.conj().T
    return np.linalg.inv(H @ A) @ H if A.shape[0] >= A.shape[1] else H @ np.linalg.inv(A @ H)
