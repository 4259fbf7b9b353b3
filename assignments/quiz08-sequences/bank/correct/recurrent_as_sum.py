"""A sum as a text.

replaces: recurrent
"""
d, h, T = recurrent_numbers(attempt).values()
recurrent = f"{d}*{h} + {h}^2 + {h}"
