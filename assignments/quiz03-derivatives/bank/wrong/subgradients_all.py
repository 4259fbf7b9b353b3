"""Takes every number for a sub-gradient.

replaces: subgradients
fails: subgradients-value
"""
options = subgradients_numbers(attempt)["options"]
subgradients = "abcde"
