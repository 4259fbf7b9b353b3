"""The right letter, spelt in another way.

replaces: quiz_again
"""
quiz_again = ["a"]
