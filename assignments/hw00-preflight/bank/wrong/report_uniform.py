"""Uniform numbers between 0 and 1.

replaces: sample_report
fails: sample_report-normal
"""
def sample_report(seed):
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.random.default_rng(seed).random(5), "torch": torch.rand(5, generator=generator)}
