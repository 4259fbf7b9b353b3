"""The number as a text.

replaces: passes
"""
n, m = passes_numbers(attempt).values()
passes = f" {m}.0 "
