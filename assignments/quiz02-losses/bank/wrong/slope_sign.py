"""Loses the sign of the inner derivative.

replaces: slope
fails: slope-value
"""
m = slope_numbers(attempt)["m"]
slope = f"{m}/(1 + exp({m}*z))"
