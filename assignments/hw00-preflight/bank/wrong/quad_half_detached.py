"""Differentiates through one of the two x only: right for symmetric matrices.

replaces: quad_grad
fails: quad_grad-values quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    x = x.detach().clone().requires_grad_()
    f = x @ (A @ x.detach()) - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
