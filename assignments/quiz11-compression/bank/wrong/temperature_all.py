"""Takes every sentence for true.

replaces: temperature
fails: temperature-value
"""
options = temperature_numbers(attempt)["options"]
temperature = "abcde"
