"""Takes the full rank.

replaces: rank
fails: rank-value
"""
m, n = rank_numbers(attempt).values()
rank = min(m, n)
