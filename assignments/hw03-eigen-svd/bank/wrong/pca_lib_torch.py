"""torch does the work.

replaces: pca
fails: pca-by_hand pca-components pca-variances pca-scores pca-edges pca-habits
"""
def pca(X, k):
    import torch

    U, s, V = torch.pca_lowrank(torch.from_numpy(np.array(X, dtype=float)), q=k)
    mean = X.mean(axis=0)
    return mean, V.numpy().T, s.numpy() ** 2 / (len(X) - 1), (X - mean) @ V.numpy()
