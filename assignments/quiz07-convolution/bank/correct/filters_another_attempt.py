"""The answer for the numbers of another attempt.

replaces: filters
"""
attempt = 84
c_in, c_out, k = filters_numbers(attempt).values()
filters = c_out * (c_in * k**2 + 1)
