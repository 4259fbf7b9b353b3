"""Rounded to three digits.

replaces: operations
"""
H, W, c_in, c_out, k = operations_numbers(attempt).values()
operations = f"{H * W * c_in * c_out * k**2 / 1e6:.3g}"
