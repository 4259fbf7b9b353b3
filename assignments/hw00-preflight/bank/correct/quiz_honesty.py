"""The right letter, spelt in another way.

replaces: quiz_honesty
"""
quiz_honesty = "b."
