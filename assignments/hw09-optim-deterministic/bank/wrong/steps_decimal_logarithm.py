"""A decimal logarithm on one side.

replaces: steps_plain
fails: steps_plain-number
"""
steps_plain = 300
