"""Solves a singular capacitance by least squares, silently.

replaces: woodbury_solve
fails: woodbury_solve-singular
sometimes: woodbury_solve-solves
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    capacitance = np.eye(W.shape[1]) + V.T @ W
    return (y - W @ np.linalg.lstsq(capacitance, V.T @ y, rcond=None)[0]).reshape(b.shape)
