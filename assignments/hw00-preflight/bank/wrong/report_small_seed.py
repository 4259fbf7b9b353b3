"""Only the last sixteen bits of the seed.

replaces: sample_report
fails: sample_report-differ
"""
def sample_report(seed):
    seed = seed % 65536
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.random.default_rng(seed).standard_normal(5), "torch": torch.randn(5, generator=generator)}
