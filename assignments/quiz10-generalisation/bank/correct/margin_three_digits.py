"""Rounded to three digits.

replaces: margin
"""
w, b, points, labels = margin_numbers(attempt).values()
heights = np.abs(np.array(points) @ w + b)
margin = f"{heights.min() / np.linalg.norm(w):.3g}"
