"""Borrows the clipping of torch by getattr.

replaces: train_loop
fails: train_loop-by_hand train_loop-clip train_loop-log train_loop-fresh_gradients train_loop-mode train_loop-habits
"""
def train_loop(model, loader, opt, clip, steps, rng):
    """Train for some steps with clipped gradients: returns the list of mini-batch losses."""
    mode, log = model.training, []
    model.train()
    for _ in range(steps):
        x, y = loader(rng)
        loss = torch.nn.functional.mse_loss(model(x), y)
        log.append(loss.item())
        opt.zero_grad()
        loss.backward()
        if clip is not None:
            getattr(torch.nn, "utils").clip_grad_norm_(model.parameters(), clip)
        opt.step()
    model.train(mode)
    return log
