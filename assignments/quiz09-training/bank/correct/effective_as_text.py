"""A power as a text.

replaces: effective
"""
c = effective_numbers(attempt)["c"]
effective = f"{c}^-2"
