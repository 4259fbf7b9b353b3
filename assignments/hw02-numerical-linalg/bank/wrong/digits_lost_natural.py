"""The natural logarithm.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = "12.9 digits"
