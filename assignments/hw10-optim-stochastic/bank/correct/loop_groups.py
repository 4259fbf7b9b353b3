"""Walks through the groups of the optimiser, and restores the mode in any case.

replaces: train_loop
"""
def train_loop(model, loader, opt, clip, steps, rng):
    mse, mode, log = torch.nn.MSELoss(), model.training, [0.0] * steps
    try:
        for k in range(steps):
            model.train()
            batch, target = loader(rng)
            for p in model.parameters():
                p.grad = None
            loss = mse(model(batch), target)
            loss.backward()
            squares = 0.0
            for group in opt.param_groups:
                for p in group["params"]:
                    squares += float(torch.sum(p.grad * p.grad))
            if clip is not None:
                scale = min(1.0, clip / max(squares, 1e-300) ** 0.5)
                for group in opt.param_groups:
                    for p in group["params"]:
                        p.grad = p.grad * scale
            opt.step()
            log[k] = loss.item()
    finally:
        model.train(mode)
    return log
