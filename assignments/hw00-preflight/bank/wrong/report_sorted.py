"""Sorted numbers are not independent.

replaces: sample_report
fails: sample_report-normal
"""
def sample_report(seed):
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.sort(np.random.default_rng(seed).standard_normal(5)), "torch": torch.randn(5, generator=generator)}
