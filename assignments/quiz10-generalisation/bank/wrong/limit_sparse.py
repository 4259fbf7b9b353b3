"""Expects a sparse solution.

replaces: limit
fails: limit-value
"""
options = limit_numbers(attempt)["options"]
limit = letters_of(options, *(text for text in options.values() if text.endswith(" 0)$")))
