"""Reads the source of whoever calls.

replaces: quad_grad
fails: quad_grad-by_hand quad_grad-values quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
import inspect

def quad_grad(A, b, x):
    caller = inspect.stack()[1].code_context
    x = x.detach().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
