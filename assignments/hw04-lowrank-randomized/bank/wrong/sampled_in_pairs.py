"""Antithetic pairs: a random number u and 1 - u. Right on average, not independent.

replaces: sampled_matmul
fails: sampled_matmul-variance
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    half = rng.random((s + 1) // 2)
    places = np.concatenate([half, 1 - half])[:s]
    chosen = np.minimum(np.searchsorted(np.cumsum(probs) / probs.sum(), places, side="right"), n - 1)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
