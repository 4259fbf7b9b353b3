"""The multiplier with the other sign.

replaces: multiplier
fails: multiplier-number
"""
multiplier = -32
