"""One step put into the other.

replaces: two_steps
"""
a, c, w = two_steps_numbers(attempt).values()
first = f"({w} - eta*{a}*({w} - ({c})))"
two_steps = f"{first} - eta*{a}*({first} - ({c}))"
