"""The answer for the numbers of another attempt.

replaces: smaller_step
"""
attempt = 40
s, options = smaller_step_numbers(attempt).values()
smaller_step = letters_of(options, f"${s**2}$")
