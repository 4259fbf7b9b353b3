"""Keeps the tensors themselves.

replaces: checkpoint
fails: checkpoint-nothing_lost checkpoint-resume checkpoint-snapshot restore-elsewhere restore-habits
"""
def checkpoint(model, opt, rng):
    """All that the rest of a run depends on, as a snapshot."""
    import copy
    return ({"model": model.state_dict(), "opt": opt.state_dict(), "rng": rng.get_state()})
