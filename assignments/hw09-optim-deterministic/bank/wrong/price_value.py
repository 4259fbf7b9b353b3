"""The minimum in place of its slope.

replaces: price
fails: price-number
"""
price = 6
