"""Counts the pieces.

replaces: kinks
fails: kinks-value
"""
p, k = kinks_numbers(attempt).values()
kinks = p**k
