"""Torch solves.

replaces: kkt_qp
fails: kkt_qp-by_hand kkt_qp-optimal kkt_qp-singular kkt_qp-dependent kkt_qp-inconsistent kkt_qp-price
    kkt_qp-habits
"""
def kkt_qp(Q, c, A, b):
    import torch

    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    z = (torch.linalg.pinv(torch.tensor(K, dtype=torch.float64), rtol=1e-13) @ torch.tensor(np.concatenate([-c, b]), dtype=torch.float64)).numpy()
    if np.linalg.norm(A @ z[:n] - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("no x satisfies A x = b")
    return z[:n], z[n:]
