"""The answer for the numbers of another attempt.

replaces: field
"""
attempt = 84
k, strides = field_numbers(attempt).values()
first, second, _ = strides
field = 1 + (k - 1) * (1 + first + first * second)
