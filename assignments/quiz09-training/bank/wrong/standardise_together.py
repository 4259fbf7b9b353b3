"""Lets the test part leak into training.

replaces: standardise
fails: standardise-value
"""
options = standardise_numbers(attempt)["options"]
standardise = letters_of(options, "from all")
