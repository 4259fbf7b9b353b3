"""Clones tensors by hand; restores copies of copies.

replaces: checkpoint restore
"""
def cloned(value):
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if isinstance(value, dict):
        return {key: cloned(item) for key, item in value.items()}
    return [cloned(item) for item in value] if isinstance(value, list) else value


def checkpoint(model, opt, rng):
    return [cloned(dict(model.state_dict())), cloned(opt.state_dict()), rng.get_state().clone()]


def restore(state, model, opt, rng):
    weights, memory, numbers = state
    model.load_state_dict(weights)
    opt.load_state_dict(cloned(memory))
    rng.set_state(numbers)
