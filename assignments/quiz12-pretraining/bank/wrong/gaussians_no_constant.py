"""Forgets the constant: it is not zero for equal distributions.

replaces: gaussians
fails: gaussians-value
"""
c = gaussians_numbers(attempt)["c"]
gaussians = f"log({c}/s) + (s^2 + m^2)/{2 * c**2}"
