"""The sign in front.

replaces: slope
"""
slope = "-2*(x - m)"
