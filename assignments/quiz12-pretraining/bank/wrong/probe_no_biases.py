"""Forgets the biases.

replaces: probe
fails: probe-value
"""
millions, d, k = probe_numbers(attempt).values()
probe = d * k
