"""torch does the work.

replaces: pinv
fails: pinv-by_hand pinv-penrose pinv-rank pinv-scale pinv-habits min_norm_solve-line min_norm_solve-shortest
    min_norm_solve-habits
"""
def pinv(A, rcond=None):
    import torch

    return torch.linalg.pinv(torch.from_numpy(np.array(A))).numpy()
