"""A fraction as a text.

replaces: rescaled
"""
g, c = rescaled_numbers(attempt).values()
rescaled = f"{g}/{c}"
