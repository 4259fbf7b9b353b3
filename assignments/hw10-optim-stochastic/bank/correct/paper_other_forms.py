"""Other forms of the three formulas.

replaces: noise_floor stable_lr batch_variance
"""
noise_floor = "sigma^2/mu * 1/(2/η - mu)"
stable_lr = "2/(hbar*(1 + rho/hbar**2))"
batch_variance = "sigma**2*(1/b - 1/n)*n/(n - 1)"
