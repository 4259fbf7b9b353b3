"""Takes a root in place of a square.

replaces: examples
fails: examples-value
"""
B, R = examples_numbers(attempt).values()
examples = f"sqrt({B * R}/epsilon)"
