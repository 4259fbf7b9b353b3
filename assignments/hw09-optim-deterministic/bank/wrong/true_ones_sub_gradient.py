"""Thinks that a short sub-gradient step falls.

replaces: true_ones
fails: true_ones-all
"""
true_ones = "b"
