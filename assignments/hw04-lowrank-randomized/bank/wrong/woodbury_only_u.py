"""Uses U for V.

replaces: woodbury_solve
fails: woodbury_solve-by_hand woodbury_solve-solves woodbury_solve-several woodbury_solve-large woodbury_solve-edges
    woodbury_solve-singular
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    V = U
    capacitance = np.eye(W.shape[1]) + V.T @ W
    return (y - W @ np.linalg.solve(capacitance, V.T @ y)).reshape(b.shape)
