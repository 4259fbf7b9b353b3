"""The product of torch.

replaces: kron_matvec
fails: kron_matvec-by_hand kron_matvec-product kron_matvec-large kron_matvec-habits
"""
import torch


def kron_matvec(A, B, X):
    A, B, X = (torch.tensor(np.asarray(a)) for a in (A, B, X))
    kind = torch.promote_types(torch.promote_types(A.dtype, B.dtype), X.dtype)
    return (A.to(kind) @ X.to(kind) @ B.to(kind).T).ravel().numpy().copy()
