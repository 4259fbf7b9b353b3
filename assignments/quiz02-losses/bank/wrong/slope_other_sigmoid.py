"""Takes the sigmoid of the wrong sign.

replaces: slope
fails: slope-value
"""
m = slope_numbers(attempt)["m"]
slope = f"-{m}/(1 + exp(-{m}*z))"
