"""Stores the seed and not the state of the generator.

replaces: checkpoint restore
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
import copy


def checkpoint(model, opt, rng):
    return copy.deepcopy({"model": model.state_dict(), "opt": opt.state_dict(), "seed": rng.initial_seed()})


def restore(state, model, opt, rng):
    model.load_state_dict(state["model"])
    opt.load_state_dict(copy.deepcopy(state["opt"]))
    rng.manual_seed(state["seed"])
