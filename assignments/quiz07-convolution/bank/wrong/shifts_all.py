"""Takes every map for one that commutes.

replaces: shifts
fails: shifts-value
"""
options = shifts_numbers(attempt)["options"]
shifts = "abcde"
