"""A number in place of a formula.

replaces: slope
fails: slope-formula
"""
slope = "0"
