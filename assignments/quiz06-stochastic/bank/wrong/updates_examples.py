"""Counts examples.

replaces: updates
fails: updates-value
"""
n, b, E = updates_numbers(attempt).values()
updates = E * n
