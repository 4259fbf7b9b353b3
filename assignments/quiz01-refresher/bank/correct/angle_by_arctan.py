"""By the cross product instead of the cosine.

replaces: angle
"""
u, v = angle_numbers(attempt).values()
angle = np.degrees(np.arctan2(np.linalg.norm(np.cross(u, v)), np.dot(u, v)))
