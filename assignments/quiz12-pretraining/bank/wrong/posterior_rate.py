"""Turns the condition round.

replaces: posterior
fails: posterior-value
"""
prior, found, false = posterior_numbers(attempt).values()
posterior = found
