"""With a unit.

replaces: updates
"""
n, b, E = updates_numbers(attempt).values()
updates = f"{E * math.ceil(n / b)} updates"
