"""A decimal number.

replaces: ring_resistance
"""
ring_resistance = 1.3333
