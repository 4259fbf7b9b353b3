"""Leaves out the two ends.

replaces: subgradients
fails: subgradients-value
"""
options = subgradients_numbers(attempt)["options"]
subgradients = letters_of(options, *(f"${slope}$" for slope in range(subgradients_numbers(attempt)['a'] + 1, subgradients_numbers(attempt)['b'])))
