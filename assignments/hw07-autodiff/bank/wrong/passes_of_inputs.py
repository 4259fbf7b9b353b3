"""One pass for every input.

replaces: passes
fails: passes-number
"""
passes = 300
