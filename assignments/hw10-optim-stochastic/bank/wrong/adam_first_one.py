"""As if it were corrected.

replaces: adam_first
fails: adam_first-value
"""
adam_first = 1
