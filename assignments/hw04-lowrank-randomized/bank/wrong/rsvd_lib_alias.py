"""Borrows the SVD and QR of torch under other names.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator rsvd-mean_zero
    rsvd-habits
"""
import torch as t

decompose, basis = t.linalg.svd, t.linalg.qr


def rsvd(A, k, p, q, rng):
    Q = basis(t.as_tensor(A.matmat(rng.normal(size=(A.shape[1], k + p)))))[0].numpy()
    for _ in range(q):
        Q = basis(t.as_tensor(A.matmat(basis(t.as_tensor(A.rmatmat(Q)))[0].numpy())))[0].numpy()
    U, s, Vt = decompose(t.as_tensor(A.rmatmat(Q).T), full_matrices=False)
    return (Q @ U.numpy())[:, :k], s[:k].numpy(), Vt[:k].numpy()
