"""Borrows the clipping of torch under another name.

replaces: train_loop
fails: train_loop-by_hand train_loop-clip train_loop-log train_loop-fresh_gradients train_loop-mode train_loop-habits
"""
def train_loop(model, loader, opt, clip, steps, rng):
    """Train for some steps with clipped gradients: returns the list of mini-batch losses."""
    from torch.nn.utils import clip_grad_norm_ as shorten
    mode, log = model.training, []
    model.train()
    for _ in range(steps):
        x, y = loader(rng)
        loss = torch.nn.functional.mse_loss(model(x), y)
        log.append(loss.item())
        opt.zero_grad()
        loss.backward()
        if clip is not None:
            shorten(model.parameters(), clip)
        opt.step()
    model.train(mode)
    return log
