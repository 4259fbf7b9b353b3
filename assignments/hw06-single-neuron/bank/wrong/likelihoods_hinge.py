"""The hinge for Bernoulli labels.

replaces: likelihoods
fails: likelihoods-matched
"""
likelihoods = ["b", "a", "d"]
