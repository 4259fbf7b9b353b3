"""Draws from a generator of its own with a fixed seed.

replaces: is_subgradient
fails: is_subgradient-habits
"""
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    # Directions at random, and not too far. How often do you have to look,
    # if every tenth direction tells?
    here, rng = f(x), np.random.default_rng(0)
    for _ in range(200):
        u = rng.normal(size=np.shape(x))
        step = 0.01 * u / np.sqrt(np.sum(u * u))
        if not f(x + step) >= here + np.sum(g * step) - 1e-7:
            return False
    return True
