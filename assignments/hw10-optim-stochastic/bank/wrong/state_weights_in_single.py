"""Stores the weights in single precision.

replaces: checkpoint
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
def checkpoint(model, opt, rng):
    """All that the rest of a run depends on, as a snapshot."""
    import copy
    return copy.deepcopy({"model": {key: value.float() for key, value in model.state_dict().items()}, "opt": opt.state_dict(), "rng": rng.get_state()})
