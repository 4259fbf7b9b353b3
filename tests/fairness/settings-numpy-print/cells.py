# %% after setup
np.seterr(all="call")
np.seterrcall(lambda kind, flag: print(kind))
# %% low_rank
def low_rank(A, k):
    np.float64(1.0) / np.zeros(1)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
