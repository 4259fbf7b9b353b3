"""Takes every sentence for true.

replaces: bound
fails: bound-value
"""
options = bound_numbers(attempt)["options"]
bound = "abcde"
