"""Left as it was given.

replaces: top_eigenvalue
fails: top_eigenvalue-by_hand top_eigenvalue-negative
"""
def top_eigenvalue(A, steps=500):
    raise NotImplementedError()
