"""Adds the kinks of the copies.

replaces: kinks
fails: kinks-value
"""
p, k = kinks_numbers(attempt).values()
kinks = k * (p - 1)
