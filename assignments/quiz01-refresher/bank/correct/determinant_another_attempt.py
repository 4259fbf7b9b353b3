"""The answer for the numbers of another attempt.

replaces: determinant
"""
attempt = 18
n, c, d = determinant_numbers(attempt).values()
determinant = c**n * d
