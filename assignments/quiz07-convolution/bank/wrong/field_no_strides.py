"""Forgets the strides.

replaces: field
fails: field-value
"""
k, strides = field_numbers(attempt).values()
first, second, _ = strides
field = 1 + 3 * (k - 1)
