"""Rounded down.

replaces: steps_plain
fails: steps_plain-number
"""
steps_plain = 690
