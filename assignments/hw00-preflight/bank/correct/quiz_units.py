"""The right letter, spelt in another way.

replaces: quiz_units
"""
quiz_units = "C"
