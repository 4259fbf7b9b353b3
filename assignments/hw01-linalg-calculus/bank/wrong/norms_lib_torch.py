"""torch's norm.

replaces: norms
fails: norms-by_hand norms-values norms-huge norms-tiny norms-complex norms-zero norms-habits
"""
import torch

def norms(x):
    x = torch.as_tensor(np.array(x))
    return {key: float(torch.linalg.vector_norm(x, p)) for key, p in [("l1", 1), ("l2", 2), ("linf", np.inf)]}
