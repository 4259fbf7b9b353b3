"""The answer for the numbers of another attempt.

replaces: statements
"""
attempt = 95
options = statements_numbers(attempt)["options"]
statements = letters_of(options, "If the", "The number", "Adding", "With a")
