"""torch does the work.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
import torch as helper


def procrustes(A, B):
    U, s, V = helper.svd(helper.from_numpy(np.array(A, dtype=float).T @ np.array(B, dtype=float)))
    return (U @ V.T).numpy()
