"""The answer for the numbers of another attempt.

replaces: gaussians
"""
attempt = 139
c = gaussians_numbers(attempt)["c"]
gaussians = f"log({c}) - log(s) + (s**2 + m**2) / (2*{c}**2) - 1/2"
