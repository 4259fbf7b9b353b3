"""By trying all.

replaces: rank
"""
m, n = rank_numbers(attempt).values()
rank = max(r for r in range(1, m + n) if r * (m + n) < m * n)
