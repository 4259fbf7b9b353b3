"""A text.

replaces: steps_nesterov
"""
steps_nesterov = "132"
