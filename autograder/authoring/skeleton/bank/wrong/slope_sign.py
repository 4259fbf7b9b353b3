"""The sign of the inner derivative is missing.

replaces: slope
fails: slope-formula
"""
slope = "2*(x - m)"
