"""The answer for the numbers of another attempt.

replaces: temperature
"""
attempt = 128
options = temperature_numbers(attempt)["options"]
temperature = letters_of(options, r"For $\tau \to \infty", "The order", "Adding", r"For $\tau \to 0$ the")
