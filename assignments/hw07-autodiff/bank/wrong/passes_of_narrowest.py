"""The width of the narrowest place.

replaces: passes
fails: passes-number
"""
passes = 20
