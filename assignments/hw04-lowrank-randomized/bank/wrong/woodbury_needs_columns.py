"""A loop of rank-one updates that needs one to begin with.

replaces: woodbury_solve
fails: woodbury_solve-edges
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    y = np.asarray(b).reshape(len(b), -1) / rows
    W = np.hstack([(U[:, j] / d)[:, None] for j in range(U.shape[1])])
    return (y - W @ np.linalg.solve(np.eye(W.shape[1]) + V.T @ W, V.T @ y)).reshape(np.shape(b))
