"""The answer for the numbers of another attempt.

replaces: effective
"""
attempt = 106
c = effective_numbers(attempt)["c"]
effective = 1 / c**2
