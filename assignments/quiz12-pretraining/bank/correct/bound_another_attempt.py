"""The answer for the numbers of another attempt.

replaces: bound
"""
attempt = 139
options = bound_numbers(attempt)["options"]
bound = letters_of(options, "It is never larger", r"Its gap to $\ln p(x)$ is $\mathrm{KL}(q",
                   r"It equals $\ln p(x)$ for $q(z) = p(z \mid", "The $q$ that")
