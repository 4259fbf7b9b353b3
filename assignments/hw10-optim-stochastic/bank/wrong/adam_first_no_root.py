"""Without the root.

replaces: adam_first
fails: adam_first-value
"""
adam_first = 100
