"""scipy has the very function.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    from scipy.linalg import orthogonal_procrustes

    return orthogonal_procrustes(A, B)[0]
