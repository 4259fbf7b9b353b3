# %% low_rank
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    A[...] = (U[:, :k] * s[:k]) @ Vt[:k]
    return A

# %% descend
def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        x -= rate * grad(x)
        watch(i, x)
    return x
