"""Takes linearity for what matters.

replaces: shifts
fails: shifts-value
"""
options = shifts_numbers(attempt)["options"]
shifts = letters_of(options, "a circular", "a fully") or "a"
