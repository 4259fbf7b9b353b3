"""Another unit.

replaces: memory
"""
millions, bits = memory_numbers(attempt).values()
memory = f"{millions * bits / 8} MB"
