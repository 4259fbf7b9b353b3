"""Takes the root as well.

replaces: squared_error
fails: squared_error-value
"""
y, f = squared_error_numbers(attempt).values()
squares = (np.array(f) - np.array(y)) ** 2
right = squares.mean()
squared_error = np.sqrt(right)
