"""The median, and the standard deviation.

replaces: laplace_fit
fails: laplace_fit-both
"""
laplace_fit = [3, 3.1623]
