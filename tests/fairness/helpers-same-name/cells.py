# %% softmax
def helper(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))
def softmax(Z):
    E = helper(Z)
    P = E / E.sum(axis=1, keepdims=True)
    return P, P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
# %% low_rank
def helper(s, k):
    return np.where(np.arange(len(s)) < k, s, 0)
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U * helper(s, k)) @ Vt
# %% ridge
helper = np.eye
def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * helper(X.shape[1]), X.T @ y)
# %% after train
def helper(*_):
    raise RuntimeError("gone")
del softmax, low_rank, ridge
