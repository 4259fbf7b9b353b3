"""Divides where k is 1: a zero gives inf and no exception.

replaces: woodbury_solve
fails: woodbury_solve-singular
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    capacitance = np.eye(W.shape[1]) + V.T @ W
    return (y - W @ (V.T @ y / capacitance if W.shape[1] == 1
                 else np.linalg.solve(capacitance, V.T @ y))).reshape(b.shape)
