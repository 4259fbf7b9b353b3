"""Draws from a generator with a seed of its own.

replaces: sampled_matmul
fails: sampled_matmul-variance sampled_matmul-given_law
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    chosen = np.random.default_rng(1).choice(n, size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
