"""Stops after one step.

replaces: two_steps
fails: two_steps-value
"""
a, c, w = two_steps_numbers(attempt).values()
two_steps = f"{w} - eta*{a}*({w - c})"
