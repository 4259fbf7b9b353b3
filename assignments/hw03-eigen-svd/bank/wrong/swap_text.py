"""A sentence where two numbers are asked.

replaces: swap_values
fails: swap_values-both
"""
swap_values = "five and two"
