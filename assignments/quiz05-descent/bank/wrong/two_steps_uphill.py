"""Follows the gradient upwards.

replaces: two_steps
fails: two_steps-value
"""
a, c, w = two_steps_numbers(attempt).values()
two_steps = f"{c} + (1 + {a}*eta)^2*({w - c})"
