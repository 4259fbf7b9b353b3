"""Rounded to three digits.

replaces: squared_error
"""
y, f = squared_error_numbers(attempt).values()
squares = (np.array(f) - np.array(y)) ** 2
squared_error = f"{squares.mean():.3g}"
