"""A letter that is not the right one.

replaces: quiz_pairs
fails: quiz_pairs-letter
"""
quiz_pairs = "d"
