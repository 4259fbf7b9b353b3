"""Three loops: right, and of no use for a thousand points.

replaces: pairwise_sq_dists
fails: pairwise_sq_dists-large
"""
def pairwise_sq_dists(X, Y):
    D = np.zeros((len(X), len(Y)))
    for i in range(len(X)):
        for j in range(len(Y)):
            for c in range(X.shape[1]):
                D[i, j] += (float(X[i, c]) - float(Y[j, c])) ** 2
    return D
