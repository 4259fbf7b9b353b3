"""Layer by layer, as one would write the passes.

replaces: forward_reverse_cost
"""
def forward_reverse_cost(sizes):
    """Multiplications for the gradient of an MLP by forward and by reverse mode: fwd, rev."""
    sizes = list(map(int, sizes))
    last = len(sizes) - 1
    values = forward = reverse = parameters = 0
    for layer in range(1, last + 1):
        inside, outside = sizes[layer - 1], sizes[layer]
        values += inside * outside
        forward += inside * outside
        reverse += inside * outside
        parameters += (inside + 1) * outside
        if layer > 1:
            forward += inside * outside
            reverse += inside * outside
        if layer < last:
            values += outside
            forward += outside
            reverse += outside
    return values + parameters * (forward + sizes[-1]), values + reverse
