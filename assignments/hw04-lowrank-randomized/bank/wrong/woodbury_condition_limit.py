"""Refuses a capacitance that is badly scaled only.

replaces: woodbury_solve
fails: woodbury_solve-solves
"""
def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    capacitance = np.eye(W.shape[1]) + V.T @ W
    if capacitance.size and np.linalg.cond(capacitance) > 1e6:
        raise np.linalg.LinAlgError("the capacitance is singular")
    return (y - W @ np.linalg.solve(capacitance, V.T @ y)).reshape(b.shape)
