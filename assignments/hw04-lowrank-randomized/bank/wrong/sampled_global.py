"""Draws from the global generator.

replaces: sampled_matmul
fails: sampled_matmul-habits
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    chosen = np.random.choice(n, size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
