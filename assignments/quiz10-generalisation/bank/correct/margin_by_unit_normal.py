"""With a normal of length one.

replaces: margin
"""
w, b, points, labels = margin_numbers(attempt).values()
length = math.hypot(*w)
margin = min(label * (x * w[0] + y * w[1] + b) / length for (x, y), label in zip(points, labels))
