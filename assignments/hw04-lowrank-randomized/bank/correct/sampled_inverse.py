"""Inverts the distribution function, and adds up outer products in a loop.

replaces: sampled_matmul
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else probs
    steps = np.cumsum(probs)
    C = np.zeros((len(A), B.shape[1]))
    for u in rng.random(s):
        j = np.searchsorted(steps, u * steps[-1], side="right")
        C += np.outer(A[:, j], B[j]) / probs[j]
    return C / s
