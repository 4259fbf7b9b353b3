"""Two of the five are the negatives of two others.

replaces: sample_report
fails: sample_report-normal
"""
def sample_report(seed):
    z = np.random.default_rng(seed).standard_normal(3)
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.concatenate([z, -z[:2]]), "torch": torch.randn(5, generator=generator)}
