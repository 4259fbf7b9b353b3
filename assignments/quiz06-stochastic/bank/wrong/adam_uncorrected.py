"""Leaves out the corrections.

replaces: adam
fails: adam-value
"""
g, eta = adam_numbers(attempt).values()
adam = -eta * np.sign(g) * 0.1 / np.sqrt(0.001)
