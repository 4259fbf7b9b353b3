"""Averages over the points.

replaces: margin
fails: margin-value
"""
w, b, points, labels = margin_numbers(attempt).values()
heights = np.abs(np.array(points) @ w + b)
margin = heights.mean() / np.linalg.norm(w)
