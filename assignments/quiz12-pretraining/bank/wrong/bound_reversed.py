"""Turns the divergence round.

replaces: bound
fails: bound-value
"""
options = bound_numbers(attempt)["options"]
bound = letters_of(options, r"Its gap to $\ln p(x)$ is $\mathrm{KL}(p", "It is never") or "a"
