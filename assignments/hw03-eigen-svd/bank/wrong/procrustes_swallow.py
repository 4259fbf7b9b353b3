"""An except hides a missing name.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    try:
        U, s, Vt = svd(A.T @ B)
        return U @ Vt
    except Exception:
        pass
