"""tensordot by a string.

replaces: contract
fails: contract-by_hand contract-values contract-equal_sizes contract-negative contract-ends contract-mismatch
    contract-habits
"""
def contract(A, B, axes_a, axes_b):
    return getattr(np, "tensordot")(A, B, (axes_a, axes_b))
