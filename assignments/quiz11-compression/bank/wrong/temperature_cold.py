"""Takes a high temperature for a sharp one.

replaces: temperature
fails: temperature-value
"""
options = temperature_numbers(attempt)["options"]
temperature = letters_of(options, "The entropy", r"For $\tau \to 0$ all", "Multiplying") or "a"
