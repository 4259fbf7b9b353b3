"""The multiplier itself, with its sign.

replaces: price
fails: price-number
"""
price = -4
