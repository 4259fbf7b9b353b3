"""The inverse.

replaces: adam_first
fails: adam_first-value
"""
adam_first = 0.3162
