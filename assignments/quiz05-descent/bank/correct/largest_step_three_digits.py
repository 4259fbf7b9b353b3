"""Rounded to three digits.

replaces: largest_step
"""
eigenvalues = largest_step_numbers(attempt)["eigenvalues"]
largest_step = f"{2 / max(eigenvalues):.3g}"
