"""Goes uphill.

replaces: adam
fails: adam-value
"""
g, eta = adam_numbers(attempt).values()
adam = eta * np.sign(g)
