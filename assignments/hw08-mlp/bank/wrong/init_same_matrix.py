"""Every layer starts from the same numbers, by a seed that is drawn once.

replaces: init_params
fails: init_params-independent
"""
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    params, seed = [], rng.integers(2**32)
    for a, b in zip(sizes, sizes[1:]):
        rng = np.random.default_rng(seed)
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            W = rng.normal(scale=np.sqrt(variance), size=(a, b))
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        params.append((W, np.zeros(b)))
    return params
