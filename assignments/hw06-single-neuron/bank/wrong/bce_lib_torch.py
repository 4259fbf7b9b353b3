"""Another library computes loss and gradient.

replaces: bce_logits
fails: bce_logits-loss bce_logits-gradient bce_logits-large bce_logits-weight bce_logits-by_hand
    bce_logits-habits
"""
def bce_logits(z, y, w_pos=1.0):
    import torch
    t = torch.tensor(np.asarray(z, dtype=float), requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        t, torch.tensor(np.asarray(y, dtype=float)), pos_weight=torch.tensor(w_pos))
    loss.backward()
    return loss.item(), t.grad.numpy()
