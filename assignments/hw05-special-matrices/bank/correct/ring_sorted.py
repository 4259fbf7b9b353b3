"""Sorted, as a tuple.

replaces: ring_eigenvalues
"""
ring_eigenvalues = (0, 6, 6, 8)
