"""Forgets the last training.

replaces: search
fails: search-value
"""
a, b, k = search_numbers(attempt).values()
search = a * b * k
