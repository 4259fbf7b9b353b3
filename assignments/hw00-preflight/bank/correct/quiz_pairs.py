"""The right letter, spelt in another way.

replaces: quiz_pairs
"""
quiz_pairs = "(C)"
