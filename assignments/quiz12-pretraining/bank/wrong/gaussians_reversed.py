"""Turns the two distributions round.

replaces: gaussians
fails: gaussians-value
"""
c = gaussians_numbers(attempt)["c"]
gaussians = f"log(s/{c}) + ({c**2} + m^2)/(2*s^2) - 1/2"
