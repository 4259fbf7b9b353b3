"""The answer for the numbers of another attempt.

replaces: margin
"""
attempt = 117
w, b, points, labels = margin_numbers(attempt).values()
heights = np.abs(np.array(points) @ w + b)
margin = heights.min() / np.linalg.norm(w)
