"""Rounded to three digits.

replaces: effective
"""
c = effective_numbers(attempt)["c"]
effective = f"{1 / c**2:.3g}"
