"""Loses the sign of the inner product.

replaces: angle
fails: angle-value
"""
u, v = angle_numbers(attempt).values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
right = np.degrees(np.arccos(cosine))
angle = 180 - right
