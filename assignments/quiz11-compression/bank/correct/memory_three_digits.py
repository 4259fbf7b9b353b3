"""Rounded to three digits.

replaces: memory
"""
millions, bits = memory_numbers(attempt).values()
memory = f"{millions * 1e6 * bits / 8 / 2**20:.3g}"
