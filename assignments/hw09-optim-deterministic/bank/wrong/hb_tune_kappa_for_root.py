"""kappa in place of its root.

replaces: hb_tune
fails: hb_tune-by_hand hb_tune-values hb_tune-promise
"""
def hb_tune(mu, L):
    return float(4 / (mu + L) ** 2), float(((L - mu) / (L + mu)) ** 2)
