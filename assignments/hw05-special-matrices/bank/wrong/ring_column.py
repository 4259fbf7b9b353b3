"""The column itself.

replaces: ring_eigenvalues
fails: ring_eigenvalues-all
"""
ring_eigenvalues = [5, 2, -1, 2]
