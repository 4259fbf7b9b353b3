"""Takes the largest value.

replaces: constant
fails: constant-value
"""
options = constant_numbers(attempt)["options"]
constant = letters_of(options, f"${max(constant_numbers(attempt)['y']):.4g}$")
