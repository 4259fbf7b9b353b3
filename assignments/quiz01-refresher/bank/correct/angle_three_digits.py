"""Rounded to three digits.

replaces: angle
"""
u, v = angle_numbers(attempt).values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
angle = f"{np.degrees(np.arccos(cosine)):.3g}"
