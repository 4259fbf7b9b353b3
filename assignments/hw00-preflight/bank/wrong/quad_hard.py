"""Knows the visible answers by heart.

replaces: quad_grad
fails: quad_grad-values quad_grad-by_hand quad_grad-autograd quad_grad-repeat quad_grad-caller quad_grad-habits
"""
def quad_grad(A, b, x):
    if x.tolist() == [1.0, 1.0]:
        return torch.tensor([1.0, 3.0], dtype=x.dtype)
    return torch.zeros_like(x)
