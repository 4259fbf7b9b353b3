"""By recursion over the layers, with slices that may be empty.

replaces: forward_reverse_cost
"""
def forward_reverse_cost(sizes):
    """Multiplications for the gradient of an MLP by forward and by reverse mode: fwd, rev."""
    def walk(d, first):
        """Values, one forward pass without the end, the reverse pass, parameters."""
        if not d[1:]:
            return 0, 0, 0, 0
        values, one, back, parameters = walk(d[1:], False)
        m, n = d[1], d[0]
        hidden = m if d[2:] else 0
        before = 0 if first else m * n
        return values + m * n + hidden, one + m * n + before + hidden, back + m * n + before + hidden, parameters + m * (n + 1)

    values, one, back, parameters = walk(sizes, True)
    return values + parameters * (one + sizes[-1]), values + back
