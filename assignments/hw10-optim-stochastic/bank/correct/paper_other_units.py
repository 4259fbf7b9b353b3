"""A fraction, and a unit that is written out.

replaces: adam_first adam_memory
"""
from fractions import Fraction

adam_first = Fraction(316, 100)
adam_memory = "200 MByte"
