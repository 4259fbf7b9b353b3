"""The answer for the numbers of another attempt.

replaces: parameters
"""
attempt = 51
widths = parameters_numbers(attempt)["widths"]
weights = sum(a * b for a, b in zip(widths, widths[1:]))
parameters = weights + sum(widths[1:])
