"""Another library differentiates.

replaces: softmax_reg
fails: softmax_reg-loss softmax_reg-gradient softmax_reg-edges softmax_reg-large softmax_reg-law
    softmax_reg-by_hand softmax_reg-habits
"""
def softmax_reg(W, b, X, y, reg):
    import torch
    W, b = (torch.tensor(np.asarray(part, dtype=float), requires_grad=True) for part in (W, b))
    Z = torch.tensor(np.asarray(X, dtype=float)) @ W + b
    value = torch.nn.functional.cross_entropy(Z, torch.tensor(np.asarray(y))) + reg * (W**2).sum() / 2
    value.backward()
    return value.item(), W.grad.numpy(), b.grad.numpy()
