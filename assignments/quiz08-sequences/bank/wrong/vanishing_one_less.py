"""One step too few.

replaces: vanishing
fails: vanishing-value
"""
a = vanishing_numbers(attempt)["a"]
right = math.floor(np.log(1 / 1000) / np.log(a)) + 1
vanishing = right - 1
