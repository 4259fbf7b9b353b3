"""Looks at one input channel.

replaces: filters
fails: filters-value
"""
c_in, c_out, k = filters_numbers(attempt).values()
filters = c_out * (k**2 + 1)
