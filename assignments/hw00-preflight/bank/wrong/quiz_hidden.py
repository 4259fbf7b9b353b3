"""A letter that is not the right one.

replaces: quiz_hidden
fails: quiz_hidden-letter
"""
quiz_hidden = "a"
