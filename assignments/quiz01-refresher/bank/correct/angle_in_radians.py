"""Another unit.

replaces: angle
"""
u, v = angle_numbers(attempt).values()
angle = f"{np.arccos(np.dot(u, v) / np.sqrt(np.dot(u, u) * np.dot(v, v)))} rad"
