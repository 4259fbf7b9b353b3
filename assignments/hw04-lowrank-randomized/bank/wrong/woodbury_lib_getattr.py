"""The same, reached through getattr under another name.

replaces: woodbury_solve
fails: woodbury_solve-by_hand woodbury_solve-solves woodbury_solve-several woodbury_solve-large woodbury_solve-edges
    woodbury_solve-singular woodbury_solve-habits
"""
import torch as engine

solve = getattr(getattr(engine, "linalg"), "solve")


def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    z = solve(engine.as_tensor(np.eye(W.shape[1]) + V.T @ W), engine.as_tensor(V.T @ y))
    return (y - W @ z.numpy()).reshape(b.shape)
