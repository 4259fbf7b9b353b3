"""The answer for the numbers of another attempt.

replaces: memory
"""
attempt = 128
millions, bits = memory_numbers(attempt).values()
memory = millions * 1e6 * bits / 8 / 2**20
