"""The answer for the numbers of another attempt.

replaces: squared_error
"""
attempt = 29
y, f = squared_error_numbers(attempt).values()
squares = (np.array(f) - np.array(y)) ** 2
squared_error = squares.mean()
