"""The answer for the numbers of another attempt.

replaces: shifts
"""
attempt = 84
options = shifts_numbers(attempt)["options"]
shifts = letters_of(options, "a circular", "ReLU", "adding the same", "replacing")
