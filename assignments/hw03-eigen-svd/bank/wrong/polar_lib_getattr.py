"""scipy's polar factorisation by a string.

replaces: polar
fails: polar-stretch polar-factors polar-habits
"""
def polar(A):
    import scipy

    return getattr(scipy.linalg, "polar")(A)
