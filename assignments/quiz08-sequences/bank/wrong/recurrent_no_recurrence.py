"""Forgets the weights of the state.

replaces: recurrent
fails: recurrent-value
"""
d, h, T = recurrent_numbers(attempt).values()
recurrent = h * (d + 1)
