"""torch does it.

replaces: cholesky
fails: cholesky-by_hand cholesky-factors cholesky-indefinite cholesky-symmetric_only cholesky-graded cholesky-complex
    cholesky-habits
"""
import torch


def cholesky(A):
    A = torch.tensor(np.array(A, dtype=np.result_type(A, float)))
    if (A - A.mH).abs().max() > 1e-10 * A.abs().max():
        raise NotPositiveDefinite("not Hermitian")
    L, info = torch.linalg.cholesky_ex(A)
    if info:
        raise NotPositiveDefinite("not positive definite")
    return L.numpy()
