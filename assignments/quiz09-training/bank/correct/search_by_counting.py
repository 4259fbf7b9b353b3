"""Counts them all.

replaces: search
"""
import itertools

a, b, k = search_numbers(attempt).values()
search = len(list(itertools.product(range(a), range(b), range(k)))) + 1
