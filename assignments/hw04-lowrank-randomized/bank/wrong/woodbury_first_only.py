"""Takes the first column of U and V only.

replaces: woodbury_solve
fails: woodbury_solve-solves woodbury_solve-several woodbury_solve-large
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    W, V = W[:, :1], V[:, :1]
    capacitance = np.eye(W.shape[1]) + V.T @ W
    return (y - W @ np.linalg.solve(capacitance, V.T @ y)).reshape(b.shape)
