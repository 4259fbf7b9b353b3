"""The double eigenvalue once, the trace saved.

replaces: ring_eigenvalues
fails: ring_eigenvalues-all
"""
ring_eigenvalues = [8, 6, 0, 6.1]
