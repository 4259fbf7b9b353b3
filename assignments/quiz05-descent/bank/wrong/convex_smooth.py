"""Takes every function with one valley for convex, and asks for a derivative everywhere.

replaces: convex
fails: convex-value
"""
options = convex_numbers(attempt)["options"]
convex = letters_of(options, "$e^w$", r"$\ln(1 + e", r"$\ln(1 + w", r"$\max") or "a"
