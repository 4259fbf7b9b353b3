"""Takes a plain gradient step.

replaces: adam
fails: adam-value
"""
g, eta = adam_numbers(attempt).values()
adam = -eta * g
