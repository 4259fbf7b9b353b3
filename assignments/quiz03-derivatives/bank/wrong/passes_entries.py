"""Counts the entries of the Jacobian.

replaces: passes
fails: passes-value
"""
n, m = passes_numbers(attempt).values()
passes = n * m
