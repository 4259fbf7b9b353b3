"""The direction keeps its length of five.

replaces: slope
fails: slope-formula
"""
slope = "3*exp(y) + 4*x*exp(y)"
