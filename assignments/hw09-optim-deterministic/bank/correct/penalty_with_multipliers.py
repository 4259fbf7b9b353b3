"""The equivalent larger system, which stays well-conditioned.

replaces: penalty_path
"""
def penalty_path(Q, c, A, b, rhos):
    m, n = np.shape(A)
    X = []
    for rho in rhos:
        K = np.block([[Q, np.transpose(A)], [A, -np.eye(m) / rho]])
        X.append(np.linalg.solve(K, np.concatenate([-np.asarray(c), b]))[:n])
    return np.array(X)
