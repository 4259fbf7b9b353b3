# %% softmax
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    wide = np.zeros((*P.shape, 2))
    wide[:, :, 1] = P
    J = np.asfortranarray(J)
    J.flags.writeable = False
    return wide[:, :, 1], J
# %% low_rank
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A[::-1, ::-1], full_matrices=False)
    return ((U[:, :k] * s[:k]) @ Vt[:k])[::-1, ::-1]
# %% ridge
def ridge(X, y, lam):
    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    return np.broadcast_to(w.astype(">f8"), (3, len(w)))[1]
# %% descend
def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        x = x - rate * grad(x[::-1][::-1])
        watch(np.int32(i), np.repeat(x, 2)[::2])
    return x.astype(np.longdouble)
