"""Mixes two logarithms.

replaces: vanishing
fails: vanishing-value
"""
a = vanishing_numbers(attempt)["a"]
vanishing = math.ceil(-3 / np.log(a))
