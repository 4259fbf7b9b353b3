"""A formula that nobody can evaluate.

replaces: stable_lr
fails: stable_lr-without_variance stable_lr-formula
"""
stable_lr = "solve((1 - eta*hbar)**2 + eta**2*rho = 1)"
