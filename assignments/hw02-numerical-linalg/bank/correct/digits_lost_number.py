"""A number without unit.

replaces: digits_lost
"""
digits_lost = 5.6
