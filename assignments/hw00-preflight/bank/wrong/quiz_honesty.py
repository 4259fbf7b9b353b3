"""A letter that is not the right one.

replaces: quiz_honesty
fails: quiz_honesty-letter
"""
quiz_honesty = "c"
