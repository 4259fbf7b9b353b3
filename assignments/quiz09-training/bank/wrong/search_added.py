"""Adds the values instead of pairing them.

replaces: search
fails: search-value
"""
a, b, k = search_numbers(attempt).values()
search = (a + b) * k + 1
