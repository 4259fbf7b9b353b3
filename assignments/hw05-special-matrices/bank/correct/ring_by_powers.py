"""A list, from the powers of i.

replaces: ring_eigenvalues
"""
ring_eigenvalues = [5 + 2 * (-1j) ** k - (-1) ** k + 2 * 1j**k for k in range(4)]
