"""The generator is not part of the checkpoint.

replaces: checkpoint restore
fails: checkpoint-nothing_lost checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
import copy


def checkpoint(model, opt, rng):
    return copy.deepcopy({"model": model.state_dict(), "opt": opt.state_dict()})


def restore(state, model, opt, rng):
    model.load_state_dict(state["model"])
    opt.load_state_dict(copy.deepcopy(state["opt"]))
