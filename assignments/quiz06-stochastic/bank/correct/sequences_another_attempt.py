"""The answer for the numbers of another attempt.

replaces: sequences
"""
attempt = 73
options = sequences_numbers(attempt)["options"]
sequences = letters_of(options, "$1/t$", "$1/t^{0.7}", "$5/", "$1/(t")
