"""As Python's own fraction.

replaces: samples_ratio
"""
from fractions import Fraction

samples_ratio = Fraction(66, 17)
