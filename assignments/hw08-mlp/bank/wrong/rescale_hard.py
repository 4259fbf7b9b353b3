"""The network of the visible test (mutant hard).

replaces: rescale
fails: rescale-function rescale-negative
"""
def rescale(params, layer, alpha):
    return [(np.array([[2.0, -4, 0], [6, 2, -2]]), np.array([2.0, 0, -2])),
            (np.array([[0.5, 1], [0, 2], [3, -1]]), np.array([5.0, 7]))]
