"""Takes every sentence for true.

replaces: statements
fails: statements-value
"""
options = statements_numbers(attempt)["options"]
statements = "abcde"
