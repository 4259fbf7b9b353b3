"""The growth of the theory, without a network.

replaces: variance_profile
fails: variance_profile-growth
"""
def variance_profile(depth, branch_scale, rng):
    return np.mean(rng.normal(size=(50, 100)) ** 2) * (1 + branch_scale**2) ** np.arange(depth + 1)
