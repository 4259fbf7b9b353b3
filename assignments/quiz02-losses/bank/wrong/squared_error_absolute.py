"""Averages the absolute values.

replaces: squared_error
fails: squared_error-value
"""
y, f = squared_error_numbers(attempt).values()
squares = (np.array(f) - np.array(y)) ** 2
squared_error = np.sqrt(squares).mean()
