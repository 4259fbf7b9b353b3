"""A word in place of a letter.

replaces: randomised_wins
fails: randomised_wins-choice
"""
randomised_wins = "on disk"
