"""Closed form with one product of neighbours, as a list.

replaces: forward_reverse_cost
"""
def forward_reverse_cost(sizes):
    """Multiplications for the gradient of an MLP by forward and by reverse mode: fwd, rev."""
    d = tuple(int(n) for n in sizes)
    E = sum(m * n for m, n in zip(d[:-1], d[1:]))
    hidden = sum(d) - d[0] - d[-1]
    one = 2 * E - d[0] * d[1] + hidden
    return [E + hidden + (E + sum(d) - d[0]) * (one + d[-1]), E + hidden + one]
