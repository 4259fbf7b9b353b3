"""Stops at the cosine.

replaces: angle
fails: angle-value
"""
u, v = angle_numbers(attempt).values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
angle = cosine
