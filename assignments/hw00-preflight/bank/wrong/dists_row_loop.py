"""One loop over the rows, hidden in a comprehension on one line.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-large
"""
def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    return np.array([((x - Y) ** 2).sum(axis=1) for x in X]).reshape(len(X), len(Y))
