"""Counts the passes of forward mode.

replaces: passes
fails: passes-value
"""
n, m = passes_numbers(attempt).values()
passes = n
