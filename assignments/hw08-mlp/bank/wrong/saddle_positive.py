"""The largest eigenvalue instead of the smallest.

replaces: saddle_eigenvalue
fails: saddle_eigenvalue-formula
"""
saddle_eigenvalue = "c"
