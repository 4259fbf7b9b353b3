"""The scale first.

replaces: laplace_fit
fails: laplace_fit-both
"""
laplace_fit = [2.2, 3]
