"""Forgets the inner derivative.

replaces: slope
fails: slope-value
"""
m = slope_numbers(attempt)["m"]
slope = f"-1/(1 + exp({m}*z))"
