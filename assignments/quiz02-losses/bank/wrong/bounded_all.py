"""Takes every cost for robust.

replaces: bounded
fails: bounded-value
"""
options = bounded_numbers(attempt)["options"]
bounded = "abcde"
