"""The answer for the numbers of another attempt.

replaces: passes
"""
attempt = 40
n, m = passes_numbers(attempt).values()
passes = m
