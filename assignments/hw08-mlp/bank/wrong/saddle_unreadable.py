"""A formula that nobody can read.

replaces: saddle_eigenvalue
fails: saddle_eigenvalue-formula
"""
saddle_eigenvalue = "minus c"
