"""Forgets the biases.

replaces: filters
fails: filters-value
"""
c_in, c_out, k = filters_numbers(attempt).values()
filters = c_out * c_in * k**2
