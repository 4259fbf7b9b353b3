"""Trains the whole network.

replaces: probe
fails: probe-value
"""
millions, d, k = probe_numbers(attempt).values()
probe = millions * 10**6 + d * k + k
