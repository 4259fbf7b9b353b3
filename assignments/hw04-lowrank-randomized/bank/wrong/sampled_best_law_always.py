"""Without a law it takes the best one, not equal probabilities.

replaces: sampled_matmul
fails: sampled_matmul-variance
"""
def sampled_matmul(A, B, s, rng, probs=None):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if probs is None:
        probs = np.linalg.norm(A, axis=0) * np.linalg.norm(B, axis=1)
    probs = np.asarray(probs, dtype=float) / np.sum(probs, dtype=float)
    chosen = rng.choice(len(B), size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
