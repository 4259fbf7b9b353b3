"""The multiplier of the other constraint.

replaces: multiplier
fails: multiplier-number
"""
multiplier = 8
