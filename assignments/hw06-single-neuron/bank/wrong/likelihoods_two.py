"""Only two of the letters.

replaces: likelihoods
fails: likelihoods-matched
"""
likelihoods = ["b", "a", ""]
