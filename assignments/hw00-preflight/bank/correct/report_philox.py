"""Another bit generator of numpy, and float64 from torch.

replaces: sample_report
"""
def sample_report(seed):
    numbers = np.random.Generator(np.random.Philox(seed)).normal(0.0, 1.0, size=5)
    generator = torch.Generator()
    generator.manual_seed(seed)
    return {"torch": torch.randn(5, generator=generator, dtype=torch.float64), "np": numbers}
