"""The answer for the numbers of another attempt.

replaces: norm
"""
attempt = 18
x, options = norm_numbers(attempt).values()
norm = letters_of(options, f"${np.linalg.norm(x):.4g}$")
