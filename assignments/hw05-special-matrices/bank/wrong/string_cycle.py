"""Closed to a cycle of n + 1 nodes.

replaces: string_eigenvalue
fails: string_eigenvalue-formula
"""
string_eigenvalue = "2 - 2*cos(2*pi*k/(n + 1))"
