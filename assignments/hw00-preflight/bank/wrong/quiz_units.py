"""A letter that is not the right one.

replaces: quiz_units
fails: quiz_units-letter
"""
quiz_units = "a"
