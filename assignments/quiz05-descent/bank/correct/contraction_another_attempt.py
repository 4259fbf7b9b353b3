"""The answer for the numbers of another attempt.

replaces: contraction
"""
attempt = 62
mu, L = contraction_numbers(attempt).values()
contraction = (L - mu) / (L + mu)
