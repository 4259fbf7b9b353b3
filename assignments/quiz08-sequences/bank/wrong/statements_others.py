"""Names the false ones.

replaces: statements
fails: statements-value
"""
options = statements_numbers(attempt)["options"]
statements = letters_of(options, "Twice", "The matrix", "Multiplying", "The weights")
