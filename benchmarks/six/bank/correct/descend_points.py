"""Keeps all points.

replaces: descend
"""
def descend(grad, x, rate, steps, watch):
    points = [np.asarray(x, dtype=float)]
    for i in range(steps):
        points.append(points[-1] - rate * grad(points[-1]))
        watch(i, points[-1])
    return points[-1]
