"""Adds the absolute values: the 1-norm.

replaces: norm
fails: norm-value
"""
options = norm_numbers(attempt)["options"]
norm = letters_of(options, f"${np.abs(norm_numbers(attempt)['x']).sum():.4g}$")
