"""Normal numbers by Box and Muller from uniform ones, row by row.

replaces: init_params
"""
def init_params(sizes, scheme, dist, rng):
    def unit(n):
        if dist == "uniform":
            return rng.uniform(-(3**0.5), 3**0.5, n)
        return np.sqrt(-2 * np.log(1 - rng.random(n))) * np.cos(2 * np.pi * rng.random(n))

    params = []
    for layer in range(len(sizes) - 1):
        a, b = sizes[layer], sizes[layer + 1]
        sd = np.sqrt({"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme])
        params.append((np.stack([sd * unit(b) for _ in range(a)]), np.zeros(b, dtype=np.float64)))
    return params
