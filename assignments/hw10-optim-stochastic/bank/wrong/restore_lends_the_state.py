"""The optimiser goes on in the tensors of the state.

replaces: restore
fails: checkpoint-snapshot restore-habits
"""
def restore(state, model, opt, rng):
    """Bring model, optimiser and generator to the state of a checkpoint."""
    import copy
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    rng.set_state(state["rng"])
