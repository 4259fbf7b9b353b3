"""The quotient as the chain rule leaves it.

replaces: slope
"""
m = slope_numbers(attempt)["m"]
slope = f"-{m}*exp(-{m}*z)/(1 + exp(-{m}*z))"
