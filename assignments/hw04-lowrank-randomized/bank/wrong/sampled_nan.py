"""Divides by all probabilities, zeros included.

replaces: sampled_matmul
fails: sampled_matmul-one_column sampled_matmul-edges sampled_matmul-habits
"""
def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    return (A * (rng.multinomial(s, probs) / (s * probs))) @ B
