# %% descend
def path(grad, x, rate):
    while True:
        x = x - rate * grad(x)
        yield x
def descend(grad, x, rate, steps, watch):
    from itertools import islice
    for i, x in enumerate(islice(path(grad, x, rate), steps)):
        watch(i, x)
    return x
# %% low_rank
class Enough(Exception):
    pass
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    B = np.zeros_like(A)
    try:
        for i in __import__("itertools").count():
            if i == k:
                raise Enough
            B += s[i] * np.outer(U[:, i], Vt[i])
    except (Enough, IndexError):
        return B
    finally:
        del U
# %% ridge
def ridge(X, y, lam):
    try:
        return np.linalg.inv(np.zeros((2, 2)))
    except np.linalg.LinAlgError as error:
        try:
            raise ValueError("again") from error
        except ValueError:
            pass
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
