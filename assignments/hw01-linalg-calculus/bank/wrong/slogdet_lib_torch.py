"""torch's slogdet.

replaces: slogdet
fails: slogdet-by_hand slogdet-values slogdet-zero_pivot slogdet-scale slogdet-singular slogdet-permutation
    slogdet-complex slogdet-habits
"""
import torch

def slogdet(A):
    sign, logabs = torch.linalg.slogdet(torch.as_tensor(np.array(A, dtype=np.result_type(A, float))))
    return sign.item(), logabs.item()
