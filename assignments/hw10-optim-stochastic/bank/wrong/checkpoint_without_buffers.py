"""The parameters without the running means.

replaces: checkpoint restore
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
import copy


def checkpoint(model, opt, rng):
    return copy.deepcopy({"model": [p.data for p in model.parameters()], "opt": opt.state_dict(), "rng": rng.get_state()})


def restore(state, model, opt, rng):
    for p, kept in zip(model.parameters(), state["model"]):
        p.data.copy_(kept)
    opt.load_state_dict(copy.deepcopy(state["opt"]))
    rng.set_state(state["rng"])
