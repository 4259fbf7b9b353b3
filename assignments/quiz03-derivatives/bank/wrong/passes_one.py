"""Thinks of a single output.

replaces: passes
fails: passes-value
"""
n, m = passes_numbers(attempt).values()
passes = 1
