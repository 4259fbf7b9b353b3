"""Does not restore the generator.

replaces: restore
fails: checkpoint-nothing_lost checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
def restore(state, model, opt, rng):
    """Bring model, optimiser and generator to the state of a checkpoint."""
    import copy
    model.load_state_dict(state["model"])
    opt.load_state_dict(copy.deepcopy(state["opt"]))
