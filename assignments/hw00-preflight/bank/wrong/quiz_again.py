"""A letter that is not the right one.

replaces: quiz_again
fails: quiz_again-letter
"""
quiz_again = "d"
