"""Takes it for larger.

replaces: effective
fails: effective-value
"""
c = effective_numbers(attempt)["c"]
effective = c
