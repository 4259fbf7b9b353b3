"""By the two averages.

replaces: adam
"""
g, eta = adam_numbers(attempt).values()
first, second = (1 - 0.9) * g, (1 - 0.999) * g**2
adam = -eta * (first / (1 - 0.9)) / ((second / (1 - 0.999)) ** 0.5 + 1e-8)
