"""The digits that are left.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = "3.4 digits"
