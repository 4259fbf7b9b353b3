"""Takes the largest entry: the maximum norm.

replaces: norm
fails: norm-value
"""
options = norm_numbers(attempt)["options"]
norm = letters_of(options, f"${np.abs(norm_numbers(attempt)['x']).max():.4g}$")
