"""Computes the product.

replaces: sampled_matmul
fails: sampled_matmul-one_column sampled_matmul-variance sampled_matmul-given_law sampled_matmul-edges
"""
def sampled_matmul(A, B, s, rng, probs=None):
    return A @ B
