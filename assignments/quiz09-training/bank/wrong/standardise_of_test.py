"""Adjusts to the test part.

replaces: standardise
fails: standardise-value
"""
options = standardise_numbers(attempt)["options"]
standardise = letters_of(options, "from the test")
