"""Zeros of the right shape.

replaces: sample_report
fails: sample_report-normal sample_report-same_seed sample_report-repeat sample_report-differ sample_report-global_state
"""
def sample_report(seed):
    return {"np": np.zeros(5), "torch": torch.zeros(5)}
