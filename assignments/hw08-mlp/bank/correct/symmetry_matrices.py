"""Rescaling and permuting as products with diagonal and permutation matrices, C entry by entry.

replaces: rescale permute balancedness
"""
def transformed(params, layer, into, out):
    """Hidden layer `layer` multiplied by the matrix `into`, the next one by its inverse `out`."""
    new = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    new[layer] = [new[layer][0] @ into, new[layer][1] @ into]
    new[layer + 1][0] = out @ new[layer + 1][0]
    return new

def rescale(params, layer, alpha):
    alpha = np.zeros(len(params[layer][1])) + alpha
    for value in alpha:
        if not value > 0:
            raise ValueError(f"alpha = {value} is not positive")
    return transformed(params, layer, np.diag(alpha), np.diag(1 / alpha))

def permute(params, layer, perm):
    P = np.eye(len(perm))[:, perm]
    return transformed(params, layer, P, P.T)

def balancedness(params):
    result = []
    for (W, b), (V, _) in zip(params[:-1], params[1:]):
        rows = np.vstack([W, b])                            # b as one more input
        units = range(len(V))
        result.append(np.array([[rows[:, i] @ rows[:, j] - V[i] @ V[j] for j in units] for i in units]))
    return tuple(result)
