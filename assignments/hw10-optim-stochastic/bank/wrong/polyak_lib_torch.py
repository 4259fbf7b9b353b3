"""Borrows the mean of torch.

replaces: polyak
fails: polyak-by_hand polyak-mean polyak-variance polyak-habits
"""
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    if not 0 <= burn < len(X):
        raise ValueError("burn leaves nothing to average")
    return torch.tensor(np.array(X[burn:], dtype=float)).mean(dim=0).numpy()
