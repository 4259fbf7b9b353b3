"""The solver of torch.

replaces: levinson
fails: levinson-by_hand levinson-solution levinson-counted levinson-edges levinson-habits
"""
import torch


def levinson(t, b):
    n = len(t)
    T = torch.tensor(np.asarray(t)[np.abs(np.arange(n)[:, None] - np.arange(n))])
    return torch.cholesky_solve(torch.tensor(b)[:, None], torch.linalg.cholesky(T))[:, 0].numpy()
