"""Mean and mean deviation from it.

replaces: laplace_fit
fails: laplace_fit-both
"""
laplace_fit = [4, 2.4]
