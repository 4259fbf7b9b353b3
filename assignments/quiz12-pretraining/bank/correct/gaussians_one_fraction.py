"""One half of everything.

replaces: gaussians
"""
c = gaussians_numbers(attempt)["c"]
gaussians = f"((s/{c})^2 + (m/{c})^2 - 1 - log((s/{c})^2))/2"
