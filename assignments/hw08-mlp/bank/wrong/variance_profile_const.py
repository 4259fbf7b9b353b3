"""All ones (mutant const).

replaces: variance_profile
fails: variance_profile-growth
"""
def variance_profile(depth, branch_scale, rng):
    return np.ones(depth + 1)
