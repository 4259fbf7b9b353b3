"""The answer for the numbers of another attempt.

replaces: updates
"""
attempt = 73
n, b, E = updates_numbers(attempt).values()
updates = E * -(-n // b)
