"""Rounded to three digits.

replaces: rounding
"""
low, high, b = rounding_numbers(attempt).values()
rounding = f"{(high - low) / (2**b - 1) / 2:.3g}"
