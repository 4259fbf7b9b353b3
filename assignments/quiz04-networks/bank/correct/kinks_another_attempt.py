"""The answer for the numbers of another attempt.

replaces: kinks
"""
attempt = 51
p, k = kinks_numbers(attempt).values()
kinks = p**k - 1
