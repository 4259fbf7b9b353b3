"""Lifts zeros in the law it is given.

replaces: sampled_matmul
fails: sampled_matmul-habits
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    if probs is None:
        probs = np.full(n, 1 / n)
    probs[probs == 0] = 1e-300
    chosen = rng.choice(n, size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
