"""The answer for the numbers of another attempt.

replaces: slope
"""
attempt = 29
m = slope_numbers(attempt)["m"]
slope = f"-{m} / (1 + exp({m}*z))"
