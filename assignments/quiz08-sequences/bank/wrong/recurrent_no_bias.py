"""Forgets the bias.

replaces: recurrent
fails: recurrent-value
"""
d, h, T = recurrent_numbers(attempt).values()
recurrent = h * (d + h)
