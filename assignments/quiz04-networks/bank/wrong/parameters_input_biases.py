"""Gives the inputs biases.

replaces: parameters
fails: parameters-value
"""
widths = parameters_numbers(attempt)["widths"]
weights = sum(a * b for a, b in zip(widths, widths[1:]))
parameters = weights + sum(widths)
