"""The shorter way alone: two in series.

replaces: ring_resistance
fails: ring_resistance-number
"""
ring_resistance = 2
