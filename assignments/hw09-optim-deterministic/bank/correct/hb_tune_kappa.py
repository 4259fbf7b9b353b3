"""The same with the condition number.

replaces: hb_tune
"""
def hb_tune(mu, L):
    root = np.sqrt(L / mu)
    beta = ((root - 1) / (root + 1)) ** 2
    return (1 + np.sqrt(beta)) ** 2 / L, beta
