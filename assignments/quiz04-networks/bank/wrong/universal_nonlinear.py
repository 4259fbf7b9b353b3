"""Excludes the linear one only.

replaces: universal
fails: universal-value
"""
options = universal_numbers(attempt)["options"]
universal = "".join(letter for letter, text in options.items() if text != "$3z + 1$")
