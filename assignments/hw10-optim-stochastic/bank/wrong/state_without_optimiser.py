"""The memory of the optimiser is not part of the checkpoint.

replaces: checkpoint restore
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
import copy


def checkpoint(model, opt, rng):
    return copy.deepcopy({"model": model.state_dict(), "rng": rng.get_state()})


def restore(state, model, opt, rng):
    model.load_state_dict(state["model"])
    rng.set_state(state["rng"])
