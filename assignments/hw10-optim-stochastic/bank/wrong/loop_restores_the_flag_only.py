"""Gives the mode back to the outermost module alone.

replaces: train_loop
fails: train_loop-mode
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
        grads = [p.grad for p in model.parameters() if p.grad is not None]
        length = torch.sqrt(sum((g**2).sum() for g in grads))
        if clip is not None and length > clip:
            for g in grads:
                g.mul_(clip / length)
        opt.step()
    model.training = mode
    return log
