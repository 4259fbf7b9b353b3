"""Takes every activation for universal.

replaces: universal
fails: universal-value
"""
options = universal_numbers(attempt)["options"]
universal = "abcde"
