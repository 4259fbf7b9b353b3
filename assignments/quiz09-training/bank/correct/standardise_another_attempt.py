"""The answer for the numbers of another attempt.

replaces: standardise
"""
attempt = 106
options = standardise_numbers(attempt)["options"]
standardise = letters_of(options, "from the training")
