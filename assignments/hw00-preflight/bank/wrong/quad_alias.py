"""Makes the caller's A symmetric, to be on the safe side.

replaces: quad_grad
fails: quad_grad-habits
"""
def quad_grad(A, b, x):
    A += A.T.clone()
    A /= 2
    x = x.detach().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
