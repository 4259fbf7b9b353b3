"""Draws without replacement as long as that is possible.

replaces: sampled_matmul
fails: sampled_matmul-variance
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    chosen = rng.choice(n, size=s, p=probs, replace=s > np.count_nonzero(probs))
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
