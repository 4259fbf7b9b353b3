"""Rounded to three digits.

replaces: attention
"""
q, first, second = attention_numbers(attempt).values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
attention = f"{1 / (1 + np.exp((scores[1] - scores[0]) / 2)):.3g}"
