"""Looks along g alone.

replaces: is_subgradient
fails: is_subgradient-corners is_subgradient-smooth
sometimes: is_subgradient-habits
"""
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    # Directions at random, and not too far. How often do you have to look,
    # if every tenth direction tells?
    here = f(x)
    for _ in range(200):
        step = 0.01 * rng.choice([-1, 1]) * np.asarray(g)
        if not f(x + step) >= here + np.sum(g * step) - 1e-7:
            return False
    return True
