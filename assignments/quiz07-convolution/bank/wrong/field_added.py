"""Adds the kernels.

replaces: field
fails: field-value
"""
k, strides = field_numbers(attempt).values()
first, second, _ = strides
field = 3 * k
