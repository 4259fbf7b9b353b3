"""Capital letters in brackets.

replaces: likelihoods
"""
likelihoods = ["(B)", "(A)", "(C)"]
