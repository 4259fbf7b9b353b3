"""Draws the rows of B once more: column and row do not belong together.

replaces: sampled_matmul
fails: sampled_matmul-one_column sampled_matmul-unbiased sampled_matmul-variance sampled_matmul-given_law
    sampled_matmul-edges
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    chosen = rng.choice(n, size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[rng.permutation(chosen)]
