"""The best step of gradient descent, with a tuned beta.

replaces: hb_tune
fails: hb_tune-by_hand hb_tune-values hb_tune-promise
"""
def hb_tune(mu, L):
    a, b = np.sqrt(mu), np.sqrt(L)
    return float(2 / (mu + L)), float(((b - a) / (b + a)) ** 2)
