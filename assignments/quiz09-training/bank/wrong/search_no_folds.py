"""Trains each pair once.

replaces: search
fails: search-value
"""
a, b, k = search_numbers(attempt).values()
search = a * b + 1
