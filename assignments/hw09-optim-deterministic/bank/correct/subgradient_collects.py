"""Keeps all points and picks the best at the end.

replaces: subgradient
"""
def subgradient(orc, x0, steps, R, f_star=None):
    points, values = [np.array(x0, dtype=float)], []
    while True:
        values.append(orc.f(points[-1]))
        g = orc.g(points[-1])
        square = g @ g
        if len(points) == steps or square == 0:
            k = int(np.argmin(values))
            return points[k], values[k]
        step = R / np.sqrt(steps * square) if f_star is None else (values[-1] - f_star) / square
        points.append(points[-1] - step * g)
