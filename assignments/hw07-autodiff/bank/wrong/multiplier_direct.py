"""One of the two places of h1 alone.

replaces: multiplier
fails: multiplier-number
"""
multiplier = 24
