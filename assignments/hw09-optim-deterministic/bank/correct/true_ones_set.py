"""A set of letters.

replaces: true_ones
"""
true_ones = {"c", "b"}
