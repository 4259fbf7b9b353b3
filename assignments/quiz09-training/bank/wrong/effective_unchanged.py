"""Takes nothing for changed.

replaces: effective
fails: effective-value
"""
c = effective_numbers(attempt)["c"]
effective = 1
