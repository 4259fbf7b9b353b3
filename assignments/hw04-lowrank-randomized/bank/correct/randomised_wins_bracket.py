"""A capital letter with a bracket.

replaces: randomised_wins
"""
randomised_wins = "(C)"
