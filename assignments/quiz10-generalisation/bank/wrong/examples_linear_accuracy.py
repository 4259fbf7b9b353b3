"""Does not square the accuracy.

replaces: examples
fails: examples-value
"""
B, R = examples_numbers(attempt).values()
examples = f"{(B * R) ** 2}/epsilon"
