"""The answer for the numbers of another attempt.

replaces: constant
"""
attempt = 29
y, options = constant_numbers(attempt).values()
constant = letters_of(options, f"${np.median(y):.4g}$")
