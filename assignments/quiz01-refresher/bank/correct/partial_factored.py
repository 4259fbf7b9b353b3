"""Another form of the same function.

replaces: partial
"""
a, b, c = partial_numbers(attempt).values()
partial = f"{b * c}*(exp(y))^{c} + x*{a}*x"
