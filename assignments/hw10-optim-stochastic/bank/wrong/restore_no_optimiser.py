"""Does not restore the optimiser.

replaces: restore
fails: checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
def restore(state, model, opt, rng):
    """Bring model, optimiser and generator to the state of a checkpoint."""
    import copy
    model.load_state_dict(state["model"])
    rng.set_state(state["rng"])
