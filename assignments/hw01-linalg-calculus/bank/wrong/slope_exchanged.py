"""The derivatives meet the wrong components.

replaces: slope
fails: slope-formula
"""
slope = "(4*exp(y) + 3*x*exp(y))/5"
