"""Divides by the sum of the components.

replaces: slope
fails: slope-formula
"""
slope = "(3*exp(y) + 4*x*exp(y))/7"
