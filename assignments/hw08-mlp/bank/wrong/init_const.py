"""Zeros of the right shapes (mutant const).

replaces: init_params
fails: init_params-variance init_params-law init_params-signal init_params-independent init_params-shapes init_params-habits
"""
def init_params(sizes, scheme, dist, rng):
    return [(np.zeros((a, b)), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
