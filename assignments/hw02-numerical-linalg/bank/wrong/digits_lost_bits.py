"""Another unit.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = "5.6 bits"
