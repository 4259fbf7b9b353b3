"""A product as a text.

replaces: probe
"""
millions, d, k = probe_numbers(attempt).values()
probe = f"({d} + 1) * {k}"
