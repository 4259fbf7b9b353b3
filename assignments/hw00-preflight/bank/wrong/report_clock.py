"""Mixes the time into the seed.

replaces: sample_report
fails: sample_report-repeat sample_report-same_seed sample_report-global_state
"""
import time

def sample_report(seed):
    mixed = seed + time.time_ns() % 10**9
    generator = torch.Generator().manual_seed(mixed)
    return {"np": np.random.default_rng(mixed).standard_normal(5), "torch": torch.randn(5, generator=generator)}
