# %% after setup
%time np.eye(3)
%timeit -n 3 -r 1 np.eye(3)
# %% softmax
%%time
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
# %% low_rank
%%capture captured
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
print("captured")
# %% ridge
def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
%timeit -n 2 -r 1 ridge(np.eye(2), np.ones(2), 1.0)
%time w = ridge(np.eye(2), np.ones(2), 1.0)
# %% after ridge
%%timeit -n 2 -r 1
w.sum()
# %% after train
%prun -q sum(range(10))
