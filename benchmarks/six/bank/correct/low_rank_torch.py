"""The decomposition from torch.

replaces: low_rank
"""
def low_rank(A, k):
    U, s, Vt = torch.linalg.svd(torch.tensor(A), full_matrices=False)
    return ((U[:, :k] * s[:k]) @ Vt[:k]).numpy()
