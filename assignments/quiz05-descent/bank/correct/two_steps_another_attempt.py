"""The answer for the numbers of another attempt.

replaces: two_steps
"""
attempt = 62
a, c, w = two_steps_numbers(attempt).values()
two_steps = f"{c} + (1 - {a}*eta)**2 * ({w} - ({c}))"
