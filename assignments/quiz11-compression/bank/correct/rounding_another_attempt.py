"""The answer for the numbers of another attempt.

replaces: rounding
"""
attempt = 128
low, high, b = rounding_numbers(attempt).values()
rounding = (high - low) / (2**b - 1) / 2
