"""Forgets that x must require a gradient, and an except hides it.

replaces: quad_grad
fails: quad_grad-values quad_grad-by_hand quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    try:
        f = 0.5 * x.detach() @ A @ x.detach() - b @ x.detach()
        f.backward()
        return x.grad
    except Exception:
        pass
