"""Draws how often each index comes up.

replaces: sampled_matmul
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.ones(n) / n if probs is None else np.array(probs, dtype=float)
    counts = rng.multinomial(s, probs)
    weights = np.divide(counts, s * probs, out=np.zeros(n), where=probs > 0)
    return (A * weights) @ B
