"""Views A as one long row, which works only while its rows lie side by side.

replaces: quad_grad
fails: quad_grad-habits
"""
def quad_grad(A, b, x):
    A = A.view(-1).view(len(x), len(x))
    x = x.detach().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
