"""Names those with an unbounded derivative.

replaces: bounded
fails: bounded-value
"""
options = bounded_numbers(attempt)["options"]
bounded = letters_of(options, "$r^2", r"$\cosh", "$r^4$")
