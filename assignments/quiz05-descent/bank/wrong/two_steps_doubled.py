"""Uses the first gradient twice.

replaces: two_steps
fails: two_steps-value
"""
a, c, w = two_steps_numbers(attempt).values()
two_steps = f"{w} - 2*eta*{a}*({w - c})"
