"""Forgets the derivative of x.

replaces: implicit
fails: implicit-value
"""
a = implicit_numbers(attempt)["a"]
implicit = f"1/({3 * a}*x^2)"
