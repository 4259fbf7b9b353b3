"""A quotient of two products.

replaces: exact_step
"""
exact_step = 162 / 810
