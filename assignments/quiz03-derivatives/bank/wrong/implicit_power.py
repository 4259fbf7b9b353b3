"""Forgets the exponent of the cube.

replaces: implicit
fails: implicit-value
"""
a = implicit_numbers(attempt)["a"]
implicit = f"1/(1 + {a}*x^2)"
