"""Copies the parameters one by one, with a deep copy of the optimiser.

replaces: checkpoint restore
"""
from copy import deepcopy


def checkpoint(model, opt, rng):
    return {"p": [p.detach().clone() for p in model.parameters()], "b": [b.clone() for b in model.buffers()],
            "o": deepcopy(opt.state_dict()), "r": rng.get_state()}


def restore(state, model, opt, rng):
    with torch.no_grad():
        for p, kept in zip(model.parameters(), state["p"]):
            p.copy_(kept)
        for b, kept in zip(model.buffers(), state["b"]):
            b.copy_(kept)
    opt.load_state_dict(deepcopy(state["o"]))
    rng.set_state(state["r"])
