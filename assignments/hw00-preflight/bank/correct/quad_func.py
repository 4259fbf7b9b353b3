"""torch.func.grad of a function: no copy to make.

replaces: quad_grad
"""
from torch.func import grad

def quad_grad(A, b, x):
    return grad(lambda v: torch.einsum("i,ij,j", v, A, v) / 2 - v @ b)(x.detach())
