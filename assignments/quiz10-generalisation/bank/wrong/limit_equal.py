"""Expects both weights to be equal.

replaces: limit
fails: limit-value
"""
options = limit_numbers(attempt)["options"]
limit = letters_of(options, f"$({limit_numbers(attempt)['b'] / (limit_numbers(attempt)['a_1'] + limit_numbers(attempt)['a_2']):.3g}, ")
