"""A quotient in a text.

replaces: price
"""
price = "8/2"
