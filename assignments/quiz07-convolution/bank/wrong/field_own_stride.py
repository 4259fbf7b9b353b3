"""Lets a stride count for its own layer.

replaces: field
fails: field-value
"""
k, strides = field_numbers(attempt).values()
first, second, _ = strides
field = 1 + (k - 1) * (first + first * second + first * second)
