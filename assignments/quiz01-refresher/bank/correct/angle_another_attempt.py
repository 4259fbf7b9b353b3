"""The answer for the numbers of another attempt.

replaces: angle
"""
attempt = 18
u, v = angle_numbers(attempt).values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
angle = np.degrees(np.arccos(cosine))
