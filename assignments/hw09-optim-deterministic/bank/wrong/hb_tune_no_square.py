"""beta is the rate, not its square.

replaces: hb_tune
fails: hb_tune-by_hand hb_tune-values hb_tune-promise
"""
def hb_tune(mu, L):
    a, b = np.sqrt(mu), np.sqrt(L)
    return float(4 / (a + b) ** 2), float((b - a) / (b + a))
