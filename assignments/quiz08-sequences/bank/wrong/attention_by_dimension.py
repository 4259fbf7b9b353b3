"""Divides by the dimension.

replaces: attention
fails: attention-value
"""
q, first, second = attention_numbers(attempt).values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
attention = 1 / (1 + np.exp((scores[1] - scores[0]) / 4))
