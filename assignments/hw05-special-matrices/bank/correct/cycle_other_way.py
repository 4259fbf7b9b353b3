"""Counted the other way around.

replaces: cycle_eigenvalue
"""
cycle_eigenvalue = "2 * (1 - cos(2*pi*(n - k)/n))"
