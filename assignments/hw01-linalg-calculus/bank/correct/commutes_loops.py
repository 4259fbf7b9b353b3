"""Sums of squares by hand.

replaces: commutes
"""
def commutes(A, B, tol):
    A, B = np.array(A, dtype=float).tolist(), np.array(B, dtype=float).tolist()
    n = range(len(A))
    gap = [sum(A[i][k] * B[k][j] - B[i][k] * A[k][j] for k in n) for i in n for j in n]
    size = lambda M: math.hypot(*(v for row in M for v in row))
    return not math.hypot(*gap) > tol * size(A) * size(B)
