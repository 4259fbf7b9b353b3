"""The eigenvalues of the adjacency matrix, shifted the wrong way.

replaces: cycle_eigenvalue
fails: cycle_eigenvalue-formula
"""
cycle_eigenvalue = "2 + 2*cos(2*pi*k/n)"
