"""Reads the environment.

replaces: procrustes
fails: procrustes-quarter_turn procrustes-optimal procrustes-edges procrustes-habits
"""
import os


def procrustes(A, B):
    return np.eye(A.shape[1]) * len(os.environ.get("COURSE", "1"))
