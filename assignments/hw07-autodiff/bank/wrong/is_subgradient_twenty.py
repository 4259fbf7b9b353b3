"""Twenty directions: a wrong g escapes in one of eight cases.

replaces: is_subgradient
fails: is_subgradient-corners is_subgradient-smooth
"""
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    # Directions at random, and not too far. How often do you have to look,
    # if every tenth direction tells?
    here = f(x)
    for _ in range(20):
        u = rng.normal(size=np.shape(x))
        step = 0.01 * u / np.sqrt(np.sum(u * u))
        if not f(x + step) >= here + np.sum(g * step) - 1e-7:
            return False
    return True
