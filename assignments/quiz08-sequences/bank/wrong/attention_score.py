"""Stops at the score.

replaces: attention
fails: attention-value
"""
q, first, second = attention_numbers(attempt).values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
attention = scores[0] / 2
