"""A letter.

replaces: passes
fails: passes-number
"""
passes = "reverse"
