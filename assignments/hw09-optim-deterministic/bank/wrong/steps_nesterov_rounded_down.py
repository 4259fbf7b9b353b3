"""Rounded down.

replaces: steps_nesterov
fails: steps_nesterov-number
"""
steps_nesterov = 131
