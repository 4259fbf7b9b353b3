"""The optimiser's memory without its step size.

replaces: checkpoint restore
fails: checkpoint-snapshot restore-elsewhere
"""
import copy


def checkpoint(model, opt, rng):
    return copy.deepcopy({"model": model.state_dict(), "memory": opt.state_dict()["state"], "rng": rng.get_state()})


def restore(state, model, opt, rng):
    model.load_state_dict(state["model"])
    opt.load_state_dict(opt.state_dict() | {"state": copy.deepcopy(state["memory"])})
    rng.set_state(state["rng"])
