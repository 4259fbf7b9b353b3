"""The answer for the numbers of another attempt.

replaces: subgradients
"""
attempt = 40
a, b, options = subgradients_numbers(attempt).values()
subgradients = letters_of(options, *(f"${slope}$" for slope in range(a, b + 1)))
