"""The answer for the numbers of another attempt.

replaces: convex
"""
attempt = 62
options = convex_numbers(attempt)["options"]
convex = letters_of(options, "$e^w$", r"$\ln(1 + e", "$|w|$", r"$\max")
