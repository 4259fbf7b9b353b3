"""Counts W_1 times the derivative of the input.

replaces: forward_reverse_cost
fails: forward_reverse_cost-by_hand forward_reverse_cost-counts forward_reverse_cost-edges
    forward_reverse_cost-large
"""
def forward_reverse_cost(sizes):
    """Multiplications for the gradient of an MLP by forward and by reverse mode: fwd, rev."""
    # Count the values, one forward pass and the reverse pass;
    # how many forward passes are there?
    d = [int(size) for size in sizes]
    weights = [a * b for a, b in zip(d, d[1:])]
    hidden = sum(d[1:-1])
    parameters = sum(weights) + sum(d[1:])
    values = sum(weights) + hidden
    one_way = sum(weights) + sum(weights) + hidden
    return values + parameters * (one_way + d[-1]), values + one_way
