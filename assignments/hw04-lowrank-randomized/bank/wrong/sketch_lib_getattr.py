"""The same through getattr.

replaces: sketch_lstsq
fails: sketch_lstsq-consistent sketch_lstsq-residual sketch_lstsq-solution sketch_lstsq-heavy_row
    sketch_lstsq-generator sketch_lstsq-refuses sketch_lstsq-habits
"""
import torch

solve = getattr(torch.linalg, "lstsq")


def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.normal(size=(r, m))
    return solve(torch.as_tensor(S @ A), torch.as_tensor((S @ b)[:, None]))[0][:, 0].numpy()
