"""Half of it: the best step size.

replaces: stable_lr
fails: stable_lr-without_variance stable_lr-formula
"""
stable_lr = "hbar/(hbar**2 + rho)"
