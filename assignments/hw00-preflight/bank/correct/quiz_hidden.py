"""The right letter, spelt in another way.

replaces: quiz_hidden
"""
quiz_hidden = " D "
