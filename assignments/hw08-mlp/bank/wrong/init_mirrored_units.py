"""The second half of the units is minus the first.

replaces: init_params
fails: init_params-independent
"""
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    params = []
    for a, b in zip(sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            W = rng.normal(scale=np.sqrt(variance), size=(a, b))
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        W[:, b - b // 2:] = -W[:, :b // 2]
        params.append((W, np.zeros(b)))
    return params
