"""The condition number itself.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = 4e5
