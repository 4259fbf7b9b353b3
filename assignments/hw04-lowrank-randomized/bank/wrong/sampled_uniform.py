"""Always draws each index equally often, whatever is given.

replaces: sampled_matmul
fails: sampled_matmul-one_column sampled_matmul-given_law sampled_matmul-edges
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    chosen = rng.integers(n, size=s)
    return n * (A[:, chosen] @ B[chosen]) / s
