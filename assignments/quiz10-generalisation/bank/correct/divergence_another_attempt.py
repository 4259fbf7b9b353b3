"""The answer for the numbers of another attempt.

replaces: divergence
"""
attempt = 117
p, q = divergence_numbers(attempt).values()
divergence = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
