"""One too many.

replaces: rank
fails: rank-value
"""
m, n = rank_numbers(attempt).values()
right = -(-m * n // (m + n)) - 1
rank = right + 1
