"""The answer for the numbers of another attempt.

replaces: attention
"""
attempt = 95
q, first, second = attention_numbers(attempt).values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
attention = 1 / (1 + np.exp((scores[1] - scores[0]) / 2))
