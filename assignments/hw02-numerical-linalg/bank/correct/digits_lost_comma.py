"""A decimal comma.

replaces: digits_lost
"""
digits_lost = "5,60 digits"
