"""Between neighbours.

replaces: ring_resistance
fails: ring_resistance-number
"""
ring_resistance = "5/6"
