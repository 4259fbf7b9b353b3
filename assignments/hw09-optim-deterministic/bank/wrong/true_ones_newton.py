"""Trusts Newton's full steps.

replaces: true_ones
fails: true_ones-all
"""
true_ones = "b, c, d"
