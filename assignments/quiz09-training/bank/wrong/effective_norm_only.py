"""Sees the norm of the weights alone.

replaces: effective
fails: effective-value
"""
c = effective_numbers(attempt)["c"]
effective = 1 / c
