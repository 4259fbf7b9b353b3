"""In descending order.

replaces: string_eigenvalue
fails: string_eigenvalue-formula
"""
string_eigenvalue = "2 + 2*cos(pi*k/(n + 1))"
