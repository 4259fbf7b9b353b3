"""Two letters where one is asked, one of them right.

replaces: quiz_pairs
fails: quiz_pairs-letter
"""
quiz_pairs = "b, c"
