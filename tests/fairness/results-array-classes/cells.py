# %% softmax
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = np.ma.masked_invalid(E / E.sum(axis=1, keepdims=True))
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return np.matrix(P), J.view(np.recarray)
# %% low_rank
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(np.asmatrix(A), full_matrices=False)
    return U[:, :k] * np.diag(s[:k]) * Vt[:k]
# %% ridge
def ridge(X, y, lam):
    w = np.memmap("w.bin", mode="w+", shape=X.shape[1])
    w = np.memmap("w.bin", dtype=float, mode="w+", shape=X.shape[1])
    w[:] = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    return w
