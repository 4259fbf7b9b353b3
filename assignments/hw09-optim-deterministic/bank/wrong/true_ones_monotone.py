"""Thinks that Nesterov's values fall.

replaces: true_ones
fails: true_ones-all
"""
true_ones = "a, b, c"
