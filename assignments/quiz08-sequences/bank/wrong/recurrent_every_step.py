"""Counts the parameters of every step.

replaces: recurrent
fails: recurrent-value
"""
d, h, T = recurrent_numbers(attempt).values()
recurrent = T * h * (d + h + 1)
