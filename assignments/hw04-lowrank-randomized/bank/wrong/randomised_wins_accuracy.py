"""The task for a Krylov method.

replaces: randomised_wins
fails: randomised_wins-choice
"""
randomised_wins = "a"
