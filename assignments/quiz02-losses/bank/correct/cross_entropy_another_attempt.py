"""The answer for the numbers of another attempt.

replaces: cross_entropy
"""
attempt = 29
z, label = cross_entropy_numbers(attempt).values()
cross_entropy = np.log(np.exp(z).sum()) - z[label]
