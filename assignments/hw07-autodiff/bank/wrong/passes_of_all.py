"""All rows and columns.

replaces: passes
fails: passes-number
"""
passes = 350
