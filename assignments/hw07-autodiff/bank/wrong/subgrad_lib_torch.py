"""By torch.

replaces: subgrad
fails: subgrad-by_hand subgrad-smooth subgrad-corners subgrad-rank subgrad-edges subgrad-habits
"""
import torch


def subgrad(name, x):
    x = torch.tensor(np.asarray(x, dtype=float), requires_grad=True)
    functions = {"l1": lambda x: x.abs().sum(), "max": lambda x: x.max(), "l2": lambda x: x.norm(),
                 "hinge": lambda x: torch.relu(1 - x).sum(), "nuclear": lambda x: torch.linalg.svdvals(x).sum()}
    if name not in functions:
        raise ValueError(name)
    functions[name](x).backward()
    return x.grad.numpy()
