"""Returns zeros of the right shape.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
def procrustes(A, B):
    return np.zeros((A.shape[1], A.shape[1]))
