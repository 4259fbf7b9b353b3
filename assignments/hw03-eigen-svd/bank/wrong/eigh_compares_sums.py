"""Compares the sums of both triangles.

replaces: eigh_jacobi
fails: eigh_jacobi-symmetric_only
"""
def eigh_jacobi(A):
    """Eigenvalues w (n,), ascending, and orthonormal eigenvectors V (n, n) in columns."""
    # Copy A and look whether it is symmetric. Sweep over all pairs p < q until nothing moves,
    # collect the rotations in V, sort w and the columns of V together.
    A = np.array(A, dtype=float)
    n, largest = len(A), np.abs(A).max()
    if A.shape != (n, n) or abs(np.triu(A).sum() - np.tril(A).sum()) > 1e-10 * largest:
        raise ValueError("A should be symmetric")
    V, tiny, moved = np.eye(n), np.finfo(float).eps * largest / n, True
    for sweep in range(60):
        if not moved:
            break
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                if abs(A[p, q]) <= tiny:
                    continue
                moved = True
                zeta = (A[q, q] - A[p, p]) / (2 * A[p, q])
                t = np.copysign(1.0, zeta) / (abs(zeta) + np.hypot(1.0, zeta))
                turn = np.array([[1.0, t], [-t, 1.0]]) / np.hypot(1.0, t)
                A[:, [p, q]] = A[:, [p, q]] @ turn
                A[[p, q]] = turn.T @ A[[p, q]]
                V[:, [p, q]] = V[:, [p, q]] @ turn
    order = np.argsort(np.diag(A))
    return np.diag(A)[order], V[:, order]
