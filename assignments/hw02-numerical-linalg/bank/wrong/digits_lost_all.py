"""All of them.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = 9
