"""torch.Generator takes no seed; an except hides it, and one entry is missing.

replaces: sample_report
fails: sample_report-same_seed sample_report-repeat sample_report-differ sample_report-normal
"""
def sample_report(seed):
    report = {}
    try:
        report["np"] = np.random.default_rng(seed).standard_normal(5)
        report["torch"] = torch.randn(5, generator=torch.Generator(seed=seed))
    except Exception:
        pass
    return report
