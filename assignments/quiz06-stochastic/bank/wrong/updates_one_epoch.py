"""Counts one epoch.

replaces: updates
fails: updates-value
"""
n, b, E = updates_numbers(attempt).values()
updates = -(-n // b)
