"""The ufunc that the problem rules out, asked for by its name.

replaces: logsumexp
fails: logsumexp-values logsumexp-large logsumexp-masked logsumexp-by_hand logsumexp-habits
"""
def logsumexp(Z):
    Z = np.asarray(Z, dtype=float)
    if np.isneginf(Z).all(axis=-1).any():
        raise ValueError("a row of nothing but -inf")
    return getattr(np, "logaddexp").reduce(Z, axis=-1)
