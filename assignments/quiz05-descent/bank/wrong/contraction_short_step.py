"""Takes the step 1/L.

replaces: contraction
fails: contraction-value
"""
mu, L = contraction_numbers(attempt).values()
contraction = 1 - mu / L
