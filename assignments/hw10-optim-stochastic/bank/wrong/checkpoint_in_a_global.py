"""Keeps the last checkpoint beside the state.

replaces: checkpoint restore
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
import copy

kept = {}


def checkpoint(model, opt, rng):
    kept["last"] = copy.deepcopy({"model": model.state_dict(), "opt": opt.state_dict(), "rng": rng.get_state()})


def restore(state, model, opt, rng):
    state = kept["last"]
    model.load_state_dict(state["model"])
    opt.load_state_dict(copy.deepcopy(state["opt"]))
    rng.set_state(state["rng"])
