"""The answer for the numbers of another attempt.

replaces: vanishing
"""
attempt = 95
a = vanishing_numbers(attempt)["a"]
vanishing = math.floor(np.log(1 / 1000) / np.log(a)) + 1
