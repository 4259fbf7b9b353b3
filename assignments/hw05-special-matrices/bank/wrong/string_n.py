"""n instead of n + 1, the string with free ends.

replaces: string_eigenvalue
fails: string_eigenvalue-formula
"""
string_eigenvalue = "2 - 2*cos(pi*k/n)"
