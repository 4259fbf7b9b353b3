"""As a text.

replaces: passes
"""
passes = "50"
