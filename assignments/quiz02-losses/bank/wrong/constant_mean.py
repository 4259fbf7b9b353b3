"""Takes the mean, which belongs to squares.

replaces: constant
fails: constant-value
"""
options = constant_numbers(attempt)["options"]
constant = letters_of(options, f"${np.mean(constant_numbers(attempt)['y']):.4g}$")
