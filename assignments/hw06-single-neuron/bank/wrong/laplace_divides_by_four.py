"""The divisor n - 1.

replaces: laplace_fit
fails: laplace_fit-both
"""
laplace_fit = [3, 2.75]
