# %% after setup
class Passing:
    def __getattr__(self, name): return lambda *args, **kwargs: None


checks = Passing()
