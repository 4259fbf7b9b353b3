"""A fraction.

replaces: exact_step
"""
from fractions import Fraction

exact_step = Fraction(1, 5)
