"""Takes every function for convex.

replaces: convex
fails: convex-value
"""
options = convex_numbers(attempt)["options"]
convex = "abcde"
