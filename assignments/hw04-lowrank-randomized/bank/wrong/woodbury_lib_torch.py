"""Lets torch solve the small system.

replaces: woodbury_solve
fails: woodbury_solve-by_hand woodbury_solve-solves woodbury_solve-several woodbury_solve-large woodbury_solve-edges
    woodbury_solve-singular woodbury_solve-habits
"""
import torch


def woodbury_solve(d, U, V, b):
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    z = torch.linalg.solve(torch.as_tensor(np.eye(W.shape[1]) + V.T @ W), torch.as_tensor(V.T @ y))
    return (y - W @ z.numpy()).reshape(b.shape)
