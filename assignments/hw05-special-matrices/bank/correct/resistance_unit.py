"""Two branches in parallel, written out.

replaces: ring_resistance
"""
ring_resistance = "1 / (1/2 + 1/4)"
