"""Takes the best vector in the plane of v and its residual: fewer steps, and eigenvalues 1 and -1 are no obstacle.

replaces: power_method
"""
def power_method(A, x0, tol, maxit):
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(((x / top) ** 2).sum()) if top else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    image, k = A.matvec(v), 1
    while True:
        lam = v @ image
        rest = image - lam * v
        if length(rest) <= tol * abs(lam):
            return lam, v, k, True
        if k >= maxit:
            return lam, v, k, False
        q = rest / length(rest)
        q = q - (v @ q) * v
        q = q / length(q)
        other, k = A.matvec(q), k + 1
        a, b, c = lam, v @ other, q @ other
        middle, radius = a / 2 + c / 2, np.hypot(a / 2 - c / 2, b)      # the 2 x 2 problem by hand
        theta = middle + radius if middle >= 0 else middle - radius
        x, y = (b, theta - a) if abs(theta - a) > abs(theta - c) else (theta - c, b)
        scale = max(abs(x), abs(y))
        x, y = x / scale, y / scale
        x, y = x / np.hypot(x, y), y / np.hypot(x, y)
        v, image = x * v + y * q, x * image + y * other
        image, v = image / length(v), v / length(v)
