# %% ridge
PLACEHOLDER
