"""A tuple.

replaces: likelihoods
"""
likelihoods = ("b", "a.", "c")
