"""Forgets to divide by the norm of w.

replaces: margin
fails: margin-value
"""
w, b, points, labels = margin_numbers(attempt).values()
heights = np.abs(np.array(points) @ w + b)
margin = heights.min()
