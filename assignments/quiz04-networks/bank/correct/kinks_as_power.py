"""The power as a text.

replaces: kinks
"""
p, k = kinks_numbers(attempt).values()
kinks = f"{p}^{k} - 1"
