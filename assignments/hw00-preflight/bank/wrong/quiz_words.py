"""An answer in words.

replaces: quiz_hidden
fails: quiz_hidden-letter
"""
quiz_hidden = "the inputs"
