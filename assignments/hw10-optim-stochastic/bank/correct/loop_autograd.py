"""Gradients from torch.autograd.grad, the length from one long vector.

replaces: train_loop
"""
def train_loop(model, loader, opt, clip, steps, rng):
    was, log = model.training, []
    model.train(True)
    params = [p for p in model.parameters() if p.requires_grad]
    while len(log) < steps:
        x, y = loader(rng)
        loss = (model(x) - y).square().mean()
        grads = torch.autograd.grad(loss, params)
        length = torch.cat([g.reshape(-1) for g in grads]).norm().item()
        factor = 1.0 if clip is None or length <= clip else clip / length
        for p, g in zip(params, grads):
            p.grad = factor * g
        log.append(float(loss.detach()))
        opt.step()
    if not was:
        model.eval()
    return log
