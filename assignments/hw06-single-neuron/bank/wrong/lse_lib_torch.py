"""Another library does it.

replaces: logsumexp
fails: logsumexp-values logsumexp-large logsumexp-masked logsumexp-by_hand logsumexp-habits
"""
def logsumexp(Z):
    import torch
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    return torch.logsumexp(torch.tensor(Z), dim=-1).numpy()
