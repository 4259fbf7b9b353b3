"""Each factor is divided by the root of s p.

replaces: sampled_matmul
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = np.shape(B)[0]
    if probs is None:
        probs = np.ones(n) / n
    chosen = rng.choice(n, s, replace=True, p=probs)
    root = np.sqrt(s * probs[chosen])
    return (A[:, chosen] / root) @ (B[chosen] / root[:, None])
