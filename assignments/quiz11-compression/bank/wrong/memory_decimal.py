"""Megabytes without their unit.

replaces: memory
fails: memory-value
"""
millions, bits = memory_numbers(attempt).values()
memory = millions * bits / 8
