"""Takes bits for bytes.

replaces: memory
fails: memory-value
"""
millions, bits = memory_numbers(attempt).values()
memory = millions * 1e6 * bits / 2**20
