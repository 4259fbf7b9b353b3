"""The answer for the numbers of another attempt.

replaces: adam
"""
attempt = 73
g, eta = adam_numbers(attempt).values()
adam = -eta * np.sign(g)
