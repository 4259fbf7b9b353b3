"""The answer for the numbers of another attempt.

replaces: rank
"""
attempt = 128
m, n = rank_numbers(attempt).values()
rank = -(-m * n // (m + n)) - 1
