"""A wrong sign in the alternating sum.

replaces: ring_eigenvalues
fails: ring_eigenvalues-all
"""
ring_eigenvalues = [8, 4, 4, 4]
