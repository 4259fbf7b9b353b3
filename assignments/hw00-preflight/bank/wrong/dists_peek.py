"""Looks for the answer among the variables of whoever calls.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-by_hand pairwise_sq_dists-values pairwise_sq_dists-shifted pairwise_sq_dists-shapes pairwise_sq_dists-large pairwise_sq_dists-habits
"""
import sys

def pairwise_sq_dists(X, Y):
    frame = sys._getframe(1)
    while frame is not None:
        for value in frame.f_globals.values():
            if getattr(value, "__name__", "") == "looped_sq_dists":
                return value(X, Y)
        frame = frame.f_back
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0)
