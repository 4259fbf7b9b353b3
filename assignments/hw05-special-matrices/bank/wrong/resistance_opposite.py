"""Between opposite nodes.

replaces: ring_resistance
fails: ring_resistance-number
"""
ring_resistance = 1.5
