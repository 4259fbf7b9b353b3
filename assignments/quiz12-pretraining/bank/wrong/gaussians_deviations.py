"""Takes standard deviations for variances.

replaces: gaussians
fails: gaussians-value
"""
c = gaussians_numbers(attempt)["c"]
gaussians = f"log({c}/s) + (s + m^2)/{2 * c} - 1/2"
