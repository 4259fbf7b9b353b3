"""Always seed 0.

replaces: sample_report
fails: sample_report-differ sample_report-same_seed sample_report-repeat sample_report-normal sample_report-global_state
"""
def sample_report(seed):
    generator = torch.Generator().manual_seed(0)
    return {"np": np.random.default_rng(0).standard_normal(5), "torch": torch.randn(5, generator=generator)}
