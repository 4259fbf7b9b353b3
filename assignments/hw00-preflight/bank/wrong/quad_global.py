"""Sets the global seed of torch, out of habit.

replaces: quad_grad
fails: quad_grad-habits
"""
def quad_grad(A, b, x):
    torch.manual_seed(0)
    x = x.detach().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
