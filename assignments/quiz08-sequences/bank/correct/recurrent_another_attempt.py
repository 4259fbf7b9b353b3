"""The answer for the numbers of another attempt.

replaces: recurrent
"""
attempt = 95
d, h, T = recurrent_numbers(attempt).values()
recurrent = h * (d + h + 1)
