"""Works on the caller's sizes: afterwards they are reversed (mutant alias).

replaces: init_params
fails: init_params-habits
"""
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    params = []
    if isinstance(sizes, np.ndarray):
        sizes[:] = sizes[::-1].copy()
    for a, b in zip(sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            W = rng.normal(scale=np.sqrt(variance), size=(a, b))
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        params.append((W, np.zeros(b)))
    return params
