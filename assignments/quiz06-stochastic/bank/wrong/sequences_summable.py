"""Asks for a finite sum.

replaces: sequences
fails: sequences-value
"""
options = sequences_numbers(attempt)["options"]
sequences = letters_of(options, "$0.9^t$", "$1/t^2$", "$1/t$") or "a"
