"""Takes every falling sequence.

replaces: sequences
fails: sequences-value
"""
options = sequences_numbers(attempt)["options"]
sequences = "".join(letter for letter, text in options.items() if text != "$0.01$")
