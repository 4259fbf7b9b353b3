"""The path instead of the cycle.

replaces: cycle_eigenvalue
fails: cycle_eigenvalue-formula
"""
cycle_eigenvalue = "2 - 2*cos(pi*k/n)"
