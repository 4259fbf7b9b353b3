"""The first half of the nodes, whatever the graph.

replaces: spectral_bipartition
fails: spectral_bipartition-planted
"""
def spectral_bipartition(W):
    return (np.arange(len(W)) >= len(W) / 2).astype(int)
