"""The answer for the numbers of another attempt.

replaces: universal
"""
attempt = 51
options = universal_numbers(attempt)["options"]
universal = letters_of(options, r"$\tanh", r"$\max", r"$\sin", "$|z|$")
