"""Normalises by the largest entry, keeps the residual as a relative one, returns numpy scalars.

replaces: power_method
"""
def power_method(A, x0, tol, maxit):
    y = np.asarray(x0, dtype=np.float64) * 1.0
    y = y / np.max(np.abs(y))
    k = 0
    while True:
        image = A.matvec(y)
        k += 1
        square = np.einsum("i,i", y, y)
        lam = np.einsum("i,i", y, image) / square
        rest = image - lam * y
        top = np.max(np.abs(rest))
        small = top == 0.0 or top * np.sqrt(np.sum((rest / top) ** 2) / square) <= tol * np.abs(lam)
        if small or k >= maxit:
            return lam, -y / np.sqrt(square), np.int64(k), np.bool_(small)
        y = image / np.max(np.abs(image))
