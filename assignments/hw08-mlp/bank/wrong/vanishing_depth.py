"""The order of the first derivative that does not vanish.

replaces: vanishing_order
fails: vanishing_order-value
"""
vanishing_order = 5
