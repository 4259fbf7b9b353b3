"""Drops the digits after the point.

replaces: sample_report
fails: sample_report-normal sample_report-same_seed sample_report-differ
"""
def sample_report(seed):
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.random.default_rng(seed).standard_normal(5).astype(int),
            "torch": torch.randn(5, generator=generator).int()}
