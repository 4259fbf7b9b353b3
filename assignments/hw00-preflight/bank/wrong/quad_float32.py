"""Computes in float32 and hands the result back in the type of x.

replaces: quad_grad
fails: quad_grad-values
"""
def quad_grad(A, b, x):
    A, b = A.detach().float().contiguous(), b.detach().float().contiguous()
    y = x.detach().float().contiguous().clone().requires_grad_()
    f = 0.5 * y @ A @ y - b @ y
    (g,) = torch.autograd.grad(f, y)
    return g.to(x.dtype)
