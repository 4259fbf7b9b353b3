"""As Python's own fraction.

replaces: ring_resistance
"""
from fractions import Fraction

ring_resistance = Fraction(4, 3)
