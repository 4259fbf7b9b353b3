"""Normal and Laplace noise are exchanged.

replaces: likelihoods
fails: likelihoods-matched
"""
likelihoods = ["a", "b", "c"]
