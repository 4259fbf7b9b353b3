# %% after setup
torch.set_default_dtype(torch.float64)
