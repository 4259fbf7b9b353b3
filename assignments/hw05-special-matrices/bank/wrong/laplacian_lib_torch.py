"""torch does the sums.

replaces: laplacian
fails: laplacian-by_hand laplacian-comb laplacian-normalised laplacian-edges laplacian-habits
    fiedler-by_hand effective_resistance-by_hand spectral_bipartition-by_hand fiedler-eigenpair
    fiedler-known effective_resistance-values effective_resistance-pieces
    spectral_bipartition-planted fiedler-habits effective_resistance-habits
    spectral_bipartition-habits
"""
import torch


def laplacian(W, kind="comb"):
    W = torch.tensor(np.asarray(W), dtype=torch.float64)
    W.fill_diagonal_(0.0)
    d = W.sum(dim=1)
    L = torch.diag(d) - W
    inverse = torch.where(d > 0, 1 / d, 0.0)
    if kind == "comb":
        return L.numpy()
    if kind == "rw":
        return (inverse[:, None] * L).numpy()
    if kind == "sym":
        return (inverse.sqrt()[:, None] * L * inverse.sqrt()).numpy()
    raise ValueError("kind is comb, sym or rw")
