"""numpy's old kind of generator, but a local one; torch fills a tensor in place.

replaces: sample_report
"""
def sample_report(seed):
    local = np.random.RandomState(seed)
    generator = torch.Generator().manual_seed(seed)
    return dict(np=local.randn(5), torch=torch.empty(5).normal_(generator=generator))
