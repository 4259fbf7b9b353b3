"""Asks the operating system for randomness.

replaces: sample_report
fails: sample_report-same_seed sample_report-repeat sample_report-differ sample_report-normal sample_report-global_state
"""
import os

def sample_report(seed):
    generator = torch.Generator().manual_seed(seed + os.getpid() - os.getpid())
    return {"np": np.random.default_rng(seed).standard_normal(5), "torch": torch.randn(5, generator=generator)}
