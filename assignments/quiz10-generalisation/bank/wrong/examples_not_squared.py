"""Forgets the root.

replaces: examples
fails: examples-value
"""
B, R = examples_numbers(attempt).values()
examples = f"{B * R}/epsilon"
