"""Accepts everything.

replaces: is_subgradient
fails: is_subgradient-by_hand is_subgradient-smooth is_subgradient-corners is_subgradient-habits
"""
def is_subgradient(f, g, x, rng):
    """Accepts everything."""
    return f(x) >= f(x)
