"""The answer for the numbers of another attempt.

replaces: examples
"""
attempt = 117
B, R = examples_numbers(attempt).values()
examples = f"({B}*{R}/epsilon)**2"
