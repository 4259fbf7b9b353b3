"""Treats the parts by different rules.

replaces: standardise
fails: standardise-value
"""
options = standardise_numbers(attempt)["options"]
standardise = letters_of(options, "from each")
