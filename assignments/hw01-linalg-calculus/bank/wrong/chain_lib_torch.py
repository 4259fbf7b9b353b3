"""torch's chain product.

replaces: apply_chain
fails: apply_chain-three apply_chain-values apply_chain-work apply_chain-empty apply_chain-habits
"""
import torch

def apply_chain(mats, x):
    return torch.linalg.multi_dot([*map(torch.as_tensor, mats[::-1]), torch.as_tensor(x)]).numpy() if mats else x.copy()
