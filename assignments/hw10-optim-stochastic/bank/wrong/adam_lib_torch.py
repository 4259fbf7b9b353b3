"""Borrows the optimiser of torch.

replaces: adam_step
fails: adam_step-by_hand adam_step-steps adam_step-tiny adam_step-zeros momentum_step-interleaved adam_step-habits
"""
def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w = torch.tensor(p, requires_grad=True)
    opt = torch.optim.Adam([w], lr=lr, betas=(beta1, beta2), eps=eps)
    if state is not None:
        opt.load_state_dict(state)
    w.grad = torch.tensor(g)
    opt.step()
    return w.detach().numpy(), opt.state_dict()
