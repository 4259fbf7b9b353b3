"""A product of two quotients.

replaces: examples
"""
B, R = examples_numbers(attempt).values()
examples = f"({B}/epsilon)^2 * {R}^2"
