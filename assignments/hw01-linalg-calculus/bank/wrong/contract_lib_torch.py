"""torch's tensordot.

replaces: contract
fails: contract-by_hand contract-values contract-equal_sizes contract-negative contract-ends contract-mismatch
    contract-habits
"""
import torch

def contract(A, B, axes_a, axes_b):
    A, B = torch.as_tensor(np.array(A)), torch.as_tensor(np.array(B))
    if [A.shape[a] for a in axes_a] != [B.shape[b] for b in axes_b]:
        raise ValueError("axes do not match")
    return torch.tensordot(A, B, (list(axes_a), list(axes_b))).numpy()
