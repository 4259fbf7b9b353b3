"""Uniform numbers with the mean and the variance that are asked.

replaces: sample_report
fails: sample_report-normal
"""
def sample_report(seed):
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.random.default_rng(seed).uniform(-(3**0.5), 3**0.5, 5), "torch": torch.randn(5, generator=generator)}
