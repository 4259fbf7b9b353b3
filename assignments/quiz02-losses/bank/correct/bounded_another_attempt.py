"""The answer for the numbers of another attempt.

replaces: bounded
"""
attempt = 29
options = bounded_numbers(attempt)["options"]
bounded = letters_of(options, r"$\sqrt", "$|r|$", r"$\ln", "Huber")
