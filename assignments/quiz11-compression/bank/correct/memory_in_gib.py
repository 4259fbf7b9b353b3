"""A larger unit.

replaces: memory
"""
millions, bits = memory_numbers(attempt).values()
memory = f"{millions * 1e6 * bits / 8 / 2**30} GiB"
