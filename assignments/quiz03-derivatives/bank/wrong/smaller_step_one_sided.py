"""The rate of the one-sided difference.

replaces: smaller_step
fails: smaller_step-value
"""
options = smaller_step_numbers(attempt)["options"]
smaller_step = letters_of(options, f"${smaller_step_numbers(attempt)['s']}$")
